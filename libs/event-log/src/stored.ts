import type { Entry } from '#libs/kernel';
import type { Position, Stored } from './event-log.js';

/** An entry as it was read. */
export const stored = (position: Position, text: string): Stored => ({ position, text, entry: JSON.parse(text) as Entry });
