import { Code, FreeText, Int, Sha256 } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import { DocumentStored, MAX_BYTES, MAX_NAME, type DocumentEvent } from './document.events.js';
import type { Document } from './document.js';
import { MEDIA_TYPE_NAMES, MEDIA_TYPES, type MediaTypeName } from './media-types.js';

/** A file has come in, and its bytes are kept already. */
export class StoreDocument {
  @Sha256('SHA-256 of its bytes.') sha256!: string;
  @Int('In bytes.', { min: 1, max: MAX_BYTES }) size!: number;
  @Code('What kind of file it is.', MEDIA_TYPE_NAMES, 'DocumentMediaType') mediaType!: MediaTypeName;
  @FreeText('What the file is called, with its ending. No person’s name.', { max: MAX_NAME }) name!: string;
}

export const storeDocument: Decide<StoreDocument, Document, DocumentEvent> = ({ sha256, size, mediaType, name }, document, { by }) => {
  assertPlain(name);
  const { extensions } = MEDIA_TYPES[mediaType];
  if (!extensions.some((ending) => name.toLowerCase().endsWith(ending)))
    throw contradictory(
      'document.name-unfit',
      {
        sv: `En fil av det slaget har ett namn som slutar på ${extensions.join(' eller ')}.`,
        en: `The name of such a file ends in ${extensions.join(' or ')}.`,
      },
      '/name',
    );
  if (document.status === 'stored' && document.copies.some(({ unit }) => unit === by.unit)) return [];
  return [event(DocumentStored, { sha256, size, mediaType, name })];
};

/** A name, not a path, and nothing that makes it look like another: no control characters, none that turn the direction of writing. */
const assertPlain = (name: string): void => {
  if (/[/\\:*?"<>|\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name) || name.startsWith('.'))
    throw contradictory(
      'document.name-unfit',
      {
        sv: 'Filnamnet får inte börja med punkt eller ha något av tecknen / \\ : * ? " < > | eller styrtecken. Skriv bara namnet, utan sökväg.',
        en: 'The name must not begin with a dot, nor have any of the characters / \\ : * ? " < > | or control characters. Write the name alone, without a path.',
      },
      '/name',
    );
};
