import { Type } from 'typebox';
import { CodeType, eventType, type EventOf } from '#libs/kernel';
import { MEDIA_TYPE_NAMES } from './media-types.js';

export const MAX_NAME = 200;
/** The most that any installation can be set to take. */
export const MAX_BYTES = 1_073_741_824;

export const DocumentStored = eventType('DocumentStored', {
  name: { sv: 'Handling sparad', en: 'Document stored' },
  schema: 1,
  data: {
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of its bytes, by which it is cited.' }),
    size: Type.Integer({ minimum: 1, maximum: MAX_BYTES, description: 'In bytes.' }),
    mediaType: CodeType(MEDIA_TYPE_NAMES, 'What kind of file it is.'),
    name: Type.String({ minLength: 1, maxLength: MAX_NAME, description: 'What whoever stored it calls the file.' }),
  },
});

export type DocumentEvent = EventOf<typeof DocumentStored>;
