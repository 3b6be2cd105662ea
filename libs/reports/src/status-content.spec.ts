import { expect, test } from '@jest/globals';
import {
  ActionNoted,
  ObligationArisen,
  ObligationImplemented,
  ObligationJudged,
  obligationsView,
  ObligationWithdrawn,
  ReplyDayNoted,
  ReplyNoted,
  type ObligationEvent,
} from '#libs/audits';
import { day, derivedId, event } from '#libs/kernel';
import { foldAll, happenedIn } from '#libs/views';
import type { ObligationThen } from './changes.js';
import { onDay, statusContent, statusText } from './status-content.js';

const ASOF = day('2021-08-31');
const board = derivedId('board');
const decision = { meeting: derivedId('m'), point: derivedId('p') };
const arisen = (name: string, receivedOn = '2020-05-28') =>
  event(ObligationArisen, {
    obligation: derivedId(name),
    audit: derivedId('audit'),
    recommendation: derivedId('recommendation', name),
    board,
    number: name,
    addressed: 'named',
    receivedOn: day(receivedOn),
  });
const row = (name: string, ...facts: readonly ObligationEvent[]) => {
  const last = foldAll(obligationsView, happenedIn(`obligation-${derivedId(name)}`, arisen(name), ...facts)).at(-1);
  return { ...(last as unknown as ObligationThen), key: derivedId(name) };
};
const replyDay = (name: string, dueOn: string) => event(ReplyDayNoted, { obligation: derivedId(name), dueOn: day(dueOn) });
const replied = (name: string, on: string) => event(ReplyNoted, { obligation: derivedId(name), reply: derivedId('reply'), givenOn: day(on) });
const promised = (name: string, on?: string) =>
  event(ActionNoted, {
    obligation: derivedId(name),
    action: derivedId('a', name),
    kind: 'promised',
    status: 'promised',
    ...(on !== undefined && { promisedOn: day(on) }),
  });
const implemented = (name: string, on: string) => event(ObligationImplemented, { obligation: derivedId(name), on: day(on), decision });
const judged = (name: string, on: string) =>
  event(ObligationJudged, {
    obligation: derivedId(name),
    judgement: derivedId('j', name),
    outcome: 'met-in-part',
    decidedOn: day(on),
    source: { kind: 'annual-report', reference: 'Årsrapport' },
    grounds: 'Delvis.',
  });
const withdrawn = (name: string) => event(ObligationWithdrawn, { obligation: derivedId(name), on: day('2021-01-01'), reason: 'Fel' });

const beside = { audit: () => ({ numbers: ['Nr 5 2020'], title: 'Korttidstillsyn' }), wording: () => 'Följ upp.', name: () => 'Östermalm' };
const content = (...rows: readonly ReturnType<typeof row>[]) => statusContent(rows, ASOF, beside);

test('what was decided after the day had not been decided on it', () => {
  expect(onDay(row('R1', implemented('R1', '2021-09-10')), ASOF)).toMatchObject({ status: 'open', implementedOn: null });
  expect(onDay(row('R1', implemented('R1', '2021-08-31')), ASOF)).toMatchObject({ status: 'implemented', implementedOn: '2021-08-31' });
  expect(onDay(row('R1', judged('R1', '2021-09-01')), ASOF)).toMatchObject({ judged: null });
  expect(onDay(row('R1', judged('R1', '2021-08-31')), ASOF)).toMatchObject({ judged: 'met-in-part' });
});

test('a reply that was given after the day was awaited on it', () => {
  expect(onDay(row('R1', replyDay('R1', '2021-06-30'), replied('R1', '2021-09-01')), ASOF)).toMatchObject({ repliedOn: null, lastOn: '2021-06-30' });
  expect(onDay(row('R1', replyDay('R1', '2021-06-30'), replied('R1', '2021-08-01')), ASOF)).toMatchObject({ repliedOn: '2021-08-01', lastOn: null });
});

test('what came in after the day, and what the auditors have withdrawn, is left out', () => {
  expect(onDay(row('R1', withdrawn('R1')), ASOF)).toBeUndefined();
  const late = foldAll(obligationsView, happenedIn(`obligation-${derivedId('R2')}`, arisen('R2', '2021-09-01'))).at(-1);
  expect(onDay(late as unknown as ObligationThen, ASOF)).toBeUndefined();
});

test('the table goes by report and number, as people count', () => {
  const { rows, counts } = content(row('R10', promised('R10', '2021-06-30')), row('R2', implemented('R2', '2021-05-01')), row('R3', promised('R3')));
  expect(rows.map(({ number, status, pastPromisedDay, undated }) => [number, status, pastPromisedDay, undated])).toEqual([
    ['R2', 'implemented', false, false],
    ['R3', 'open', false, true],
    ['R10', 'open', true, false],
  ]);
  expect(rows[0]).toMatchObject({ auditNumber: 'Nr 5 2020', wording: 'Följ upp.', addressedTo: 'Östermalm', receivedOn: '2020-05-28' });
  expect(counts).toMatchObject({ received: 3, implemented: 1, open: 2, pastPromisedDay: 1, undated: 1 });
});

test('what has no number or is not in the register yet is shown as far as it is known', () => {
  const { rows } = statusContent([row('R1')], ASOF, { audit: () => undefined, wording: () => undefined, name: (id) => id });
  expect(rows).toMatchObject([{ auditTitle: derivedId('audit'), addressedTo: board }]);
  expect(rows[0]).not.toHaveProperty('auditNumber');
});

test('in words it says how many there are, what is late and what the auditors have found', () => {
  const all = content(row('R1', implemented('R1', '2021-05-01'), judged('R1', '2021-08-01')), row('R2', promised('R2', '2021-06-30')), row('R3'));
  expect(statusText(all)).toEqual([
    'Den 2021-08-31 hade nämnden 3 rekommendationer från revisorerna att svara för. Enligt nämndens beslut är en av dem genomförd; 2 är öppna.',
    'En öppen rekommendation har en åtgärd vars utlovade dag har passerat, och för inga öppna rekommendationer har sista dagen passerat. En öppen rekommendation saknar åtgärd med utlovad dag.',
    'Revisorerna har bedömt en som delvis uppfylld.',
  ]);
});

test('several that were found alike are told in the plural', () => {
  expect(statusText(content(row('R1', judged('R1', '2021-08-01')), row('R2', judged('R2', '2021-08-01')))).at(-1)).toBe(
    'Revisorerna har bedömt 2 som delvis uppfyllda.',
  );
});

test('of none, and of one, it speaks as people do', () => {
  expect(statusText(content())).toEqual(['Den 2021-08-31 hade nämnden inga rekommendationer från revisorerna att svara för.']);
  expect(statusText(content(row('R1', implemented('R1', '2021-05-01'))))).toEqual([
    'Den 2021-08-31 hade nämnden en rekommendation från revisorerna att svara för. Enligt nämndens beslut är den genomförd.',
    'Revisorerna har ännu inte bedömt någon av dem.',
  ]);
  expect(statusText(content(row('R1')))[0]).toMatch(/Den är öppen\.$/);
  expect(statusText(content(row('R1', implemented('R1', '2021-05-01')), row('R2', implemented('R2', '2021-05-01'))))[0]).toMatch(
    /är 2 av dem genomförda; inga är öppna\.$/,
  );
});
