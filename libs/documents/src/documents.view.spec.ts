import { expect, test } from '@jest/globals';
import { foldAll, happenedIn } from '#libs/views';
import { id, said, stored } from './document.given.js';
import { documentsView } from './documents.view.js';

test('what a unit stored is one row, under the name it gave', () => {
  const [row, ...others] = foldAll(documentsView, happenedIn(`document-${id}`, stored()));
  expect(others).toEqual([]);
  const { sha256, name, mediaType, size } = said;
  expect(row).toMatchObject({ key: `${id}.${row!.unit}`, sha256, name, mediaType, size, until: null });
});
