import { expect, test } from '@jest/globals';
import { instant } from '#libs/kernel';
import { pdf } from './pdf.js';

const at = instant('2020-09-24T10:00:00Z');
const template = `
#show: paper.with(title: data.title, from: data.from, kind: "Yttrande", facts: (("Dnr", "1.5.1-12/2020"),))
== Rekommendation 1
#cited(data.wording)
#listing((1fr, auto), ("Steg", "Dag"), (("Förvaltningsgruppen", "2020-09-16"),))
#pairs(("Diarienummer", "1.5.1-12/2020"))
`;
const data = { title: 'Svar på revisionsrapport', from: ['Exempelstad', 'Socialnämnden'], wording: 'Säkerställa att åtgärderna följs upp.' };
const made = (with_ = data, when = at) => pdf(template, with_, { at: when });

test('a document is tagged PDF/UA in Swedish', () => {
  const text = made().toString('latin1');
  expect(text.startsWith('%PDF-1.')).toBe(true);
  for (const mark of ['/StructTreeRoot', '/Marked true', '/Lang (sv-SE)', '<pdfuaid:part>1</pdfuaid:part>']) expect(text).toContain(mark);
});

test('the same data gives the same bytes, another moment others', () => {
  expect(made().equals(made())).toBe(true);
  expect(made(data, instant('2020-09-24T10:00:01Z')).equals(made())).toBe(false);
});

test('what a person wrote is never read as a command', () => {
  expect(() => made({ ...data, wording: '#panic("stop") $ _ * ] } = \\ "' })).not.toThrow();
});

test('a template that cannot be set says where', () => {
  expect(() => pdf('#data.missing', {}, { at })).toThrow(/missing/);
});
