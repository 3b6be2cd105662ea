/** A database that nobody can come to by the address that was set. Its message is one line for the operator; the address, which holds a password, is no part of it. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** What the server says of who comes in, by its codes (PostgreSQL, appendix A). */
const REFUSALS: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong, or there is no such user',
  '28000': 'the server lets this user not in from here; see its pg_hba.conf',
  '3D000': 'the server holds no database of that name',
  '42501': 'this user may not do what is needed',
  '53300': 'the server has no connection left; raise its max_connections',
  '57P03': 'the server is starting or stopping; try again',
};
/** What the system says of the way there. */
const TROUBLES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ETIMEDOUT: 'nobody answers there',
  EHOSTUNREACH: 'no way leads there',
  ECONNRESET: 'the connection was lost',
};

/**
 * Does some work on a database, and where nobody can come in, says by which variable, to where and why.
 * @param variable the name of the setting that holds the address
 * @throws DatabaseUnreachable; any other error as it is
 */
export const reaching = async <T>(variable: string, url: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const why = whyNot(error);
    if (why === undefined) throw error;
    const { host, username, pathname } = new URL(url);
    throw new DatabaseUnreachable(`${variable} cannot be used: ${why} (${decodeURIComponent(username)} at ${host}, database ${pathname.slice(1)}).`, {
      cause: error,
    });
  }
};

const whyNot = (error: unknown): string | undefined => {
  const { code = '', message = '', errors, cause } = error as { code?: string; message?: string; errors?: readonly unknown[]; cause?: unknown };
  const known = REFUSALS[code] ?? TROUBLES[code];
  if (known !== undefined) return code in REFUSALS ? known : `${known} (${code})`;
  if (/timeout expired|Connection terminated/.test(message)) return 'nobody answers there, or the connection was lost';
  if (/SSL|certificate/i.test(message)) return `no secure connection could be made: ${message}`;
  return [...(errors ?? []), ...(cause === undefined ? [] : [cause])].map(whyNot).find((why) => why !== undefined);
};
