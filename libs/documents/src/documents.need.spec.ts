import { expect, test } from '@jest/globals';
import type { Context, Folded, Reads } from '#libs/commands';
import { derivedId, Refusal, type Event, type Stream } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { by, said, sha256, stored, units } from './document.given.js';
import { document, documentId } from './document.js';
import { assertStored, documents } from './documents.need.js';

const other = 'b8'.repeat(32);
const context = { tenant: 'stockholm' } as Context;

/** One document is stored, in one municipality. */
const reads: Reads = {
  fold: <S, E extends Event>(stream: Stream<S, E>, id: string): Promise<Folded<S>> => {
    const state = stateAfter(document, id === documentId('stockholm', sha256) ? [stored()] : [], by(units.ostermalm)) as S;
    const there = state !== stream.initial;
    return Promise.resolve({ state, revision: there ? 0 : -1, etag: there ? 0 : -1, lastId: there ? derivedId('stored') : undefined });
  },
};

const evidence = documents(({ documents: cited }: { readonly documents?: readonly string[] }) => cited);

test('what is stored is known, and cited as basis once', async () => {
  const { value, basis } = await evidence(reads, { documents: [sha256, other, sha256] }, context);
  expect([value.has(sha256), value.has(other)]).toEqual([true, false]);
  expect(basis).toEqual([derivedId('stored')]);
});

test('a command without evidence reads nothing', async () => {
  expect((await evidence(reads, {}, context)).basis).toEqual([]);
});

test('what another municipality stored is not known', async () => {
  expect((await evidence(reads, { documents: [sha256] }, { ...context, tenant: 'tyreso' })).value.has(sha256)).toBe(false);
});

test('evidence that nobody stored is refused as document.unknown, at its place', () => {
  const known = { has: (one: string) => one === said.sha256 };
  const refusal = (cited?: readonly string[], pointer?: string) => {
    try {
      assertStored(known, cited, pointer);
    } catch (error) {
      if (error instanceof Refusal) return [error.kind, error.code, error.pointer];
    }
    return undefined;
  };
  expect(refusal()).toBeUndefined();
  expect(refusal([sha256])).toBeUndefined();
  expect(refusal([sha256, other])).toEqual(['contradictory', 'document.unknown', '/documents/1']);
  expect(refusal([other], '/evidence')).toEqual(['contradictory', 'document.unknown', '/evidence/0']);
});
