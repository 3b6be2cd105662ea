import { hash } from 'node:crypto';

/** SHA-256 of a text's bytes in UTF-8, in lower-case hexadecimal. */
export const sha256 = (text: string): string => hash('sha256', Buffer.from(text), 'hex');
