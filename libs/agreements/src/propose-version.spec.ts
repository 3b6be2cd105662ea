import { expect, test } from '@jest/globals';
import { day, type EventOf } from '#libs/kernel';
import type { VersionProposed } from './agreement.events.js';
import { clauses, given, ids, inForce, NO, on, organisation, OTHER_TEXT, proposed, registered, TEXT, v1, v2 } from './agreements.given.js';
import { proposeVersion, type ProposeVersion } from './propose-version.js';

const document = 'd'.repeat(64);
const needs = { organisation, evidence: { has: (sha256: string) => sha256 === document } };
const command = (more: Partial<ProposeVersion> = {}): ProposeVersion => ({
  agreement: ids.agreement,
  text: TEXT,
  clauses,
  board: ids.social,
  on: day('2022-05-17'),
  ...more,
});
const asked = on('2022-05-17');
const dataOf = (outcome: { readonly events: readonly object[] }) => (outcome.events[0] as { data: EventOf<typeof VersionProposed>['data'] }).data;

test('a text is registered as a version, known by its hash', () => {
  given(registered()).when(proposeVersion, command(), asked, needs).then(proposed());
});

test('the text is kept in NFC with lines ended by LF, and the same text says nothing new', () => {
  const written = ` ${TEXT.normalize('NFD').replaceAll('\n', '\r\n')} `;
  given(registered())
    .when(proposeVersion, command({ text: written }), asked, needs)
    .then(proposed());
  given(registered(), proposed())
    .when(proposeVersion, command({ text: written }), asked, needs)
    .thenNothing();
});

test('an attachment belongs to it: with it the text is another version', () => {
  const attached = command({ attachments: [{ sha256: document, title: 'Uppdragsbeskrivning' }] });
  const data = dataOf(given(registered(), proposed()).when(proposeVersion, attached, asked, needs));
  expect(data).toMatchObject({ number: 2, attachments: [{ sha256: document, title: 'Uppdragsbeskrivning' }] });
  expect(data.version).not.toBe(v1);
});

test('a text proposed while another is in force revises it, and says what only the boards may decide on', () => {
  const of = command({ text: OTHER_TEXT, terms: { followUpMonths: 12 }, answers: NO, on: day('2023-03-01') });
  expect(dataOf(given(inForce()).when(proposeVersion, of, on('2023-03-01'), needs))).toMatchObject({
    version: v2,
    revises: v1,
    reserved: ['frequency'],
    answers: NO,
    terms: { followUpMonths: 12 },
  });
});

test('what it revises can be said, and a party that it leaves out leaves by it', () => {
  const of = command({ text: OTHER_TEXT, revises: v1, parties: [ids.social, ids.culture] });
  expect(dataOf(given(registered(), proposed()).when(proposeVersion, of, asked, needs))).toMatchObject({
    revises: v1,
    parties: [ids.social, ids.culture],
    leaving: [ids.education],
    reserved: ['parties'],
  });
});

const refused = (more: Partial<ProposeVersion>, code: string, when = asked) =>
  given(registered(), proposed()).when(proposeVersion, command(more), when, needs).thenRefused(code);

test('the same text with other clauses or terms is refused as version.exists', () => {
  refused({ clauses: [] }, 'version.exists');
  refused({ terms: { allSignatures: true } }, 'version.exists');
});

test('an attachment that is not stored or stands twice, clauses of one number or that contradict themselves are refused', () => {
  const attachment = { sha256: document, title: 'Bilaga' };
  refused({ text: OTHER_TEXT, attachments: [{ ...attachment, sha256: 'e'.repeat(64) }] }, 'document.unknown');
  refused({ text: OTHER_TEXT, attachments: [attachment, attachment] }, 'attachment.twice');
  const [clause] = clauses;
  refused({ text: OTHER_TEXT, clauses: [clause!, clause!] }, 'version.clause-twice');
  refused({ text: OTHER_TEXT, clauses: [{ ...clause!, answer: { who: 'named' } }] }, 'responsibility.designation');
});

test('what does not fit in the log is refused: a text too long, clauses too many', () => {
  refused({ text: '€'.repeat(30_000) }, 'version.too-large');
  const [clause] = clauses;
  refused(
    { text: OTHER_TEXT, clauses: Array.from({ length: 30 }, (_, n) => ({ ...clause!, clause: `${n}`, basis: 'x'.repeat(400) })) },
    'version.clauses-too-large',
  );
});

test('a version that would end before it begins is refused', () => {
  refused({ text: OTHER_TEXT, terms: { startOn: day('2023-01-02'), lastDay: day('2023-01-01') } }, 'version.ends-before-it-begins');
});

test('by no party or another board, tomorrow, revising what is not there, or of no agreement it is refused', () => {
  refused({ text: OTHER_TEXT, board: ids.culture }, 'agreement.no-party');
  refused({ text: OTHER_TEXT, board: ids.education }, 'board.not-yours');
  refused({ text: OTHER_TEXT, parties: [ids.social, ids.procurement] }, 'board.unknown');
  refused({ text: OTHER_TEXT }, 'day.in-the-future', on('2022-05-16'));
  refused({ text: OTHER_TEXT, revises: v2 }, 'version.unknown');
  given().when(proposeVersion, command(), asked, needs).thenRefused('agreement.unknown');
});
