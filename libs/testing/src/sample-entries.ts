import { randomBytes } from 'node:crypto';
import { randomId, type Entry, type Instant } from '#libs/kernel';

/** A tenant that nobody else has. */
export const someTenant = (): string => `t${randomBytes(8).toString('hex')}`;

/** The name of a stream that nobody has written to. */
export const someStream = (kind = 'order'): string => `${kind}-${randomId()}`;

/** An entry that may stand at a place: what the test does not care about is made up. */
export const someEntry = (tenant: string, stream: string, rev: number, changes: Partial<Entry> = {}): Entry => ({
  v: 1,
  id: randomId(),
  tenant,
  stream,
  rev,
  type: 'GenomförandeplanReceived',
  schema: 1,
  at: '2026-03-02T08:00:00.000Z' as Instant,
  by: { actor: 'spec', role: 'officer', unit: '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e' },
  corr: randomBytes(16).toString('hex'),
  cmd: randomId(),
  data: { version: rev + 1, receivedOn: '2026-03-02' },
  ...changes,
});

/** Entries that follow each other, from a revision on. */
export const someEntries = (tenant: string, stream: string, count: number, from = 0, changes: Partial<Entry> = {}): readonly Entry[] =>
  Array.from({ length: count }, (_, index) => someEntry(tenant, stream, from + index, changes));

/** The same entry, filled up until it takes this many bytes. */
export const filledUp = (entry: Entry, size: number): Entry => {
  const empty = { ...entry, data: { filling: '' } };
  return { ...entry, data: { filling: 'x'.repeat(size - Buffer.byteLength(JSON.stringify(empty))) } };
};
