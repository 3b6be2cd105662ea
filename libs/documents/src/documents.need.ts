import type { Need } from '#libs/commands';
import { document, documentId } from './document.js';
import { notStored } from './document.refusals.js';

/** Which of the documents that a command cites are stored. */
export interface KnownDocuments {
  has(sha256: string): boolean;
}

/**
 * The documents that a command cites as evidence. What was stored is cited as basis by every event of the decision.
 * @param pick their SHA-256
 */
export const documents =
  <C>(pick: (command: C) => readonly string[] | undefined): Need<C, KnownDocuments> =>
  async (reads, command, { tenant }) => {
    const cited = [...new Set(pick(command) ?? [])];
    const found = await Promise.all(cited.map(async (sha256) => ({ sha256, ...(await reads.fold(document, documentId(tenant, sha256))) })));
    const stored = found.filter(({ state }) => state.status === 'stored');
    const known = new Set(stored.map(({ sha256 }) => sha256));
    return { value: { has: (sha256) => known.has(sha256) }, basis: stored.flatMap(({ lastId }) => lastId ?? []) };
  };

/**
 * Holds a decision's evidence against what is stored.
 * @throws Refusal `document.unknown` naming the first that is not
 */
export const assertStored = (known: KnownDocuments, cited: readonly string[] | undefined, pointer = '/documents'): void => {
  for (const [place, sha256] of (cited ?? []).entries()) if (!known.has(sha256)) throw notStored(sha256, `${pointer}/${place}`);
};
