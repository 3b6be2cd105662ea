import { bytesArray, integerArray, textArray, utf8Array, uuidArray } from './binary-array.js';
import type { Appended, Conflict, Position } from './event-log.js';
import type { Pending } from './pending.js';
import type { Queries } from './queries.js';

const PARAMETERS = 22;
const SQL = `select outcome, revision, "position" from log.append(${Array.from({ length: PARAMETERS }, (_, index) => `$${index + 1}`).join(', ')})`;

/** The clocks of this process and of the database differ by more than may be. */
export type Ahead = { readonly outcome: 'ahead' };
type Row = [outcome: 'appended' | 'conflict' | 'ahead', revision: number, position: bigint | null];

/**
 * Writes one batch in one transaction: the outcome of each append, in their order.
 * @throws what the database says, when nothing was stored; LogUnavailable when it is not known what was
 */
export const appendBatch = async (queries: Queries, batch: readonly Pending[], maxAhead: string | null): Promise<readonly (Appended | Conflict | Ahead)[]> => {
  const rows = await queries.rows<Row>({ name: 'append', text: SQL, values: parameters(batch, maxAhead) });
  return rows.map(([outcome, revision, position]) => {
    switch (outcome) {
      case 'appended':
        return { outcome, revision, position: position as Position };
      case 'conflict':
        return { outcome, actual: revision };
      case 'ahead':
        return { outcome };
    }
  });
};

/** In the order of `log.append`. */
const parameters = (batch: readonly Pending[], maxAhead: string | null): (Buffer | string | null)[] => {
  const entries = batch.flatMap((append) => append.entries);
  const keys = batch.flatMap(({ tenant, sealed }) => sealed.keys.map((key) => ({ tenant, ...key })));
  const parts = batch.flatMap(({ tenant, sealed }) => sealed.parts.map((part) => ({ tenant, ...part })));
  return [
    textArray(batch.map(({ tenant }) => tenant)),
    textArray(batch.map(({ stream }) => stream)),
    integerArray(batch.map(({ expected }) => expected)),
    integerArray(batch.map((append) => append.entries.length)),
    textArray(batch.map((append) => append.entries.reduce((latest, { at }) => (at > latest ? at : latest), ''))),
    integerArray(batch.flatMap((append, index) => append.entries.map(() => index + 1))),
    uuidArray(entries.map(({ id }) => id)),
    textArray(entries.map(({ type }) => type)),
    textArray(entries.map(({ at }) => at)),
    utf8Array(batch.flatMap(({ texts }) => texts)),
    maxAhead,
    textArray(keys.map(({ tenant }) => tenant)),
    uuidArray(keys.map(({ subject }) => subject)),
    uuidArray(keys.map(({ kid }) => kid)),
    textArray(keys.map(({ alg }) => alg)),
    bytesArray(keys.map(({ wrapped }) => wrapped)),
    textArray(parts.map(({ tenant }) => tenant)),
    uuidArray(parts.map(({ eventId }) => eventId)),
    textArray(parts.map(({ part }) => part)),
    uuidArray(parts.map(({ subject }) => subject)),
    textArray(parts.map(({ sha256 }) => sha256)),
    bytesArray(parts.map(({ bytes }) => bytes)),
  ];
};
