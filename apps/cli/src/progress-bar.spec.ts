import { expect, test } from '@jest/globals';
import type { Position } from '#libs/event-log';
import { progressBar } from './progress-bar.js';

const progress = { entries: 500, put: 500, at: 250n as Position, end: 1_000n as Position, closed: false };
const shownOn = (isTTY: boolean): readonly string[] => {
  const written: string[] = [];
  const bar = progressBar({ isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 });
  bar.show(progress);
  bar.show({ ...progress, at: 500n as Position }); // too soon to be looked at
  bar.clear();
  bar.clear();
  return written;
};

test('a terminal shows one line, how far it has come, and is left clean', () => {
  expect(shownOn(true)).toEqual([expect.stringMatching(/\[#{8} {22}\] 25\.0 % {2}500 entries, \d+\/s$/), '\r\u001B[K']);
});

test('where nobody looks on nothing is shown', () => {
  expect(shownOn(false)).toEqual([]);
});
