const PLAIN = /^[A-Za-z0-9._-]+$/;

/** Letters of a name without their dots and rings; what else a header cannot say becomes `_`. */
const fallback = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._ -]/gu, '_');

/** Of what `encodeURIComponent` leaves, RFC 5987 wants these encoded too. */
const encoded = (name: string): string => encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** `Content-Disposition` of a file that is saved, never shown (RFC 6266): with any letters in its name. */
export const attachment = (name: string): string =>
  PLAIN.test(name) ? `attachment; filename="${name}"` : `attachment; filename="${fallback(name)}"; filename*=UTF-8''${encoded(name)}`;

const strict = new TextDecoder('utf-8', { fatal: true });

const percentDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Headers come in byte by byte; most clients mean UTF-8 by them. */
const heard = (header: string): string => {
  try {
    return strict.decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
};

/** The name of a file in a header `Content-Disposition` (RFC 6266); undefined where it says none that can be read. */
export const fileNameIn = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  const [, extended] = /;\s*filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(header) ?? [];
  if (extended !== undefined) return percentDecoded(extended);
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  const said = quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  return said === undefined ? undefined : heard(said);
};
