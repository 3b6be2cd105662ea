import { expect, test } from '@jest/globals';
import { stateAfter } from '#libs/testing';
import { DocumentStored } from './document.events.js';
import { by, given, said, stored, units } from './document.given.js';
import { document } from './document.js';
import { MEDIA_TYPES } from './media-types.js';
import { storeDocument } from './store-document.js';

const ostermalm = by(units.ostermalm);

test('what is stored is named by its content', () => {
  given().when(storeDocument, said, ostermalm).then(stored());
});

test('the same bytes stored again by the same unit say nothing new, whatever they are called now', () => {
  given(stored()).when(storeDocument, said, ostermalm).thenNothing();
  given(stored())
    .when(storeDocument, { ...said, name: 'kopia.pdf' }, ostermalm)
    .thenNothing();
});

test('another unit that stores the same bytes has a copy by its own name', () => {
  const its = { ...said, name: 'Revisionen.pdf' };
  // What a specification gives is recorded by whoever asks: Östermalm's copy is made here by itself.
  const state = stateAfter(document, [stored()], ostermalm);
  const asked = { now: ostermalm.now, today: '2020-09-25' as never, by: by(units.norrmalm).by, tenant: 'stockholm', id: ostermalm.id, subject: '' };
  expect(storeDocument(its, state, asked)).toEqual([stored(its.name)]);
});

test('one document, each unit’s copy of it with its name', () => {
  const facts = [stored(), stored('Revisionen.pdf')];
  const state = facts.reduce(
    (before, fact, rev) => document.evolve(before, fact, { id: '', rev, at: ostermalm.now, by: by(rev === 0 ? units.ostermalm : units.norrmalm).by }),
    document.initial,
  );
  const { sha256, size, mediaType } = said;
  expect(state).toEqual({
    status: 'stored',
    sha256,
    size,
    copies: [
      { unit: units.ostermalm, name: said.name, mediaType },
      { unit: units.norrmalm, name: 'Revisionen.pdf', mediaType },
    ],
  });
});

test.each(['svar', 'svar.exe', 'svar.pdf.exe', '.pdf', 'pdf'])('a PDF called %s is refused as document.name-unfit', (name) => {
  given()
    .when(storeDocument, { ...said, name }, ostermalm)
    .thenRefused('document.name-unfit');
});

test('an ending in capitals is as good', () => {
  given()
    .when(storeDocument, { ...said, name: 'SVAR.PDF' }, ostermalm)
    .then(stored('SVAR.PDF'));
});

test.each(['../svar.pdf', '..\\svar.pdf', 'C:svar.pdf', 'svar\u0007.pdf', 'svar\u202efdp.pdf', '.dold.pdf', 'a"b.pdf'])(
  'a name that is a path or looks like another is refused as document.name-unfit: %j',
  (name) => {
    given()
      .when(storeDocument, { ...said, name }, ostermalm)
      .thenRefused('document.name-unfit');
  },
);

test('every kind of file has an ending, which no other kind has', () => {
  const endings = Object.values(MEDIA_TYPES).flatMap(({ extensions }) => [...extensions]);
  expect(new Set(endings).size).toBe(endings.length);
  expect(endings.every((ending) => /^\.[a-z]+$/.test(ending))).toBe(true);
});

test('the fact follows its declaration', () => {
  expect(DocumentStored.check().Check(stored().data)).toBe(true);
});
