import { expect, test } from '@jest/globals';
import { progressLine } from './progress-line.js';

const shownOn = (isTTY: boolean): readonly string[] => {
  const written: string[] = [];
  const line = progressLine({ isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 });
  line.show('log: 1000');
  line.show('log: 2000'); // too soon to be looked at
  line.clear();
  line.clear();
  return written;
};

test('a terminal shows one line, how far it has come, and is left clean', () => {
  expect(shownOn(true)).toEqual(['\r\u001B[Klog: 1000', '\r\u001B[K']);
});

test('where nobody looks on nothing is shown', () => {
  expect(shownOn(false)).toEqual([]);
});
