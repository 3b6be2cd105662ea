import { createHash } from 'node:crypto';
import type { EventRegistry } from '#libs/kernel';
import type { View } from '#libs/views';
import { TABLE } from './trail-name.js';
import { create, index } from './trail-table.js';
import { TrailWriter } from './trail-writer.js';

/** The audit trail: every entry of the log in its order, also those that this release cannot read, searchable by tenant. */
export const trailView = (registry: EventRegistry): View => ({
  table: TABLE,
  fingerprint: createHash('sha256')
    .update(JSON.stringify([create, index]))
    .digest('hex'),
  acting: false,
  takesUnknown: true,
  create,
  index,
  writer: (pool) => new TrailWriter(pool, registry),
});
