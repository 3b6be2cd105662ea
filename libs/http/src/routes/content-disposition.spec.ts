import { expect, test } from '@jest/globals';
import { attachment, fileNameIn } from './content-disposition.js';

test.each([
  ['svar.pdf', `attachment; filename="svar.pdf"`],
  ['Svar på Nr 5.pdf', `attachment; filename="Svar pa Nr 5.pdf"; filename*=UTF-8''Svar%20p%C3%A5%20Nr%205.pdf`],
  ['a"b\\c;d\r\n.txt', `attachment; filename="a_b_c_d__.txt"; filename*=UTF-8''a%22b%5Cc%3Bd%0D%0A.txt`],
  [`it's (1)*.txt`, `attachment; filename="it_s _1__.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
])('a file called %j is sent as %s', (name, header) => {
  expect(attachment(name)).toBe(header);
});

test('a name comes back as it was sent', () => {
  for (const name of ['svar.pdf', 'Svar på Nr 5.pdf', `it's (1)*.txt`, '§ 13 – protokoll.docx']) expect(fileNameIn(attachment(name))).toBe(name);
});

test.each([
  ['attachment; filename="plan.pdf"', 'plan.pdf'],
  ['attachment; filename=plan.pdf', 'plan.pdf'],
  ['attachment; filename="a\\"b.pdf"', 'a"b.pdf'],
  ['attachment;filename="x.pdf"; filename*=utf-8\'sv\'m%C3%B6te.pdf', 'möte.pdf'],
  [`attachment; filename="${Buffer.from('möte.pdf').toString('latin1')}"`, 'möte.pdf'],
  ['attachment; filename="m\u00f6te.pdf"', 'möte.pdf'],
  ["attachment; filename*=UTF-8''%C3%28.pdf", undefined],
  ['attachment', undefined],
  [undefined, undefined],
])('the header %j names %j', (header, name) => {
  expect(fileNameIn(header)).toBe(name);
});
