import { Type } from 'typebox';
import { Moments, type Asking, type Reach } from '#libs/commands';
import { Code, FreeText, ListQuery, Sha256 } from '#libs/fields';
import { IdType, InstantType, type Text } from '#libs/kernel';
import { all, sql, type Views } from '#libs/views';
import { MAX_NAME } from './document.events.js';
import { documentsView } from './documents.view.js';
import { MEDIA_TYPE_NAMES, type MediaTypeName } from './media-types.js';

/** The documents that are stored, latest first. */
export class ListDocuments extends ListQuery {
  @FreeText('Part of the name.', { max: MAX_NAME, optional: true }) name?: string;
  @Code('Only of this kind.', MEDIA_TYPE_NAMES, 'DocumentMediaType', { optional: true }) mediaType?: MediaTypeName;
  @Sha256('Only this one.', { optional: true }) sha256?: string;
}

/** A document as a unit stored it. */
export const DocumentRow = Type.Object({
  sha256: Type.String({ description: 'SHA-256 of its bytes: what it is downloaded and cited by.' }),
  name: Type.String({ description: 'What the unit calls it.' }),
  mediaType: Type.String({ description: 'What kind of file it is.' }),
  size: Type.Integer({ description: 'In bytes.' }),
  unit: IdType('The unit that stored it.'),
  storedAt: InstantType('When it was stored.'),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const documentColumns = {
  name: name('Namn', 'Name'),
  mediaType: name('Slag', 'Kind'),
  size: name('Storlek (byte)', 'Size (bytes)'),
  storedAt: name('Sparad', 'Stored'),
  sha256: name('SHA-256', 'SHA-256'),
};

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

export const listDocuments = async (
  { name: part, mediaType, sha256, limit, offset, asOf }: ListDocuments,
  { tenant, reach: { units } }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  const where = all(
    units === undefined ? undefined : sql`unit = any(${units})`,
    part === undefined ? undefined : sql`name ilike ${`%${escaped(part)}%`}`,
    mediaType === undefined ? undefined : sql`media_type = ${mediaType}`,
    sha256 === undefined ? undefined : sql`sha256 = ${sha256}`,
  );
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const { rows, total } = await views.read(tenant, (read) => read.list(documentsView, { where, order: sql`stored_at desc, key`, limit, offset }), { at });
  return {
    total,
    items: rows.map((row) => ({ sha256: row.sha256, name: row.name, mediaType: row.mediaType, size: row.size, unit: row.unit, storedAt: row.storedAt })),
  };
};
