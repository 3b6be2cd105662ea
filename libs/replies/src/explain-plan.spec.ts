import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { meetingOn } from './count-back.given.js';
import { countBack, type CountBack } from './count-back.js';
import { explainNone, explainPassed, explainPlan, summaryOf } from './explain-plan.js';
import { isThere } from './reply-plan.js';

const september = meetingOn('2020-09-24', { stopOn: '2020-09-10', papersOn: '2020-09-17' });
const asked: CountBack = { lastOn: day('2020-10-18'), today: day('2020-06-01'), deciding: [september] };
const days = (more: Partial<CountBack> = {}) => {
  const plan = countBack({ ...asked, ...more });
  return isThere(plan) ? explainPlan(plan) : [];
};
const why = (what: string, more: Partial<CountBack> = {}) => days(more).find((one) => one.what === what)?.why;
const steps = (...all: NonNullable<CountBack['steps']>) => days({ steps: all }).flatMap(({ what, why: said }) => (what === 'step' ? [said.sv] : []));

test('the days of a plan stand in their order, each with its reason in two languages', () => {
  const all = days({
    preparing: [meetingOn('2020-09-02', { board: 'preparing', stopOn: '2020-08-20', papersOn: '2020-08-27' })],
    steps: [{ name: 'Tjänsteutlåtande' }],
  });
  expect(all.map(({ what, on }) => [what, on])).toEqual([
    ['step', '2020-08-19'],
    ['preparing-stop', '2020-08-20'],
    ['preparing-papers', '2020-08-27'],
    ['preparing-meeting', '2020-09-02'],
    ['stop', '2020-09-10'],
    ['papers', '2020-09-17'],
    ['meeting', '2020-09-24'],
    ['minutes', '2020-10-08'],
    ['dispatch', '2020-10-16'],
  ]);
  for (const { why: said } of all) expect([said.sv, said.en]).toEqual([expect.stringMatching(/\p{L}/u), expect.stringMatching(/\p{L}/u)]);
});

test('why it is dispatched that day', () => {
  expect(why('dispatch')).toEqual({
    sv: 'den sista arbetsdagen före svarets sista dag, söndag 18 oktober 2020',
    en: 'the last working day before the reply’s last day, Sunday 18 October 2020',
  });
  expect(why('dispatch', { lastOn: day('2020-10-16') })?.sv).toBe('svarets sista dag; svaret är lämnat när det har expedierats');
});

test('why the minutes are approved by then, or at once', () => {
  expect(why('minutes')?.sv).toBe('protokollet justeras inom fjorton dagar från torsdag 24 september 2020, senast torsdag 8 oktober 2020');
  expect(why('minutes', { lastOn: day('2020-09-30') })?.en).toBe('the point is approved at once, at the meeting');
});

test('why that meeting, and not a later one', () => {
  expect(why('meeting')?.sv).toBe(
    'det sista sammanträde vars protokoll hinner justeras (senast torsdag 8 oktober 2020) och expedieras före svarets sista dag söndag 18 oktober 2020',
  );
  expect(why('meeting', { lastOn: day('2020-09-30') })?.sv).toBe(
    'det sista sammanträde som hinns med om svaret ska lämnas senast onsdag 30 september 2020; punkten måste förklaras omedelbart justerad',
  );
});

test('why a step comes on its day', () => {
  expect(steps({ name: 'a' }, { name: 'b', workingDays: 1 }, { name: 'c', workingDays: 3 }, { name: 'd', workingDays: 0 })).toEqual([
    'arbetsdagen före nästa steg, fredag 4 september 2020',
    'en arbetsdag före nästa steg, måndag 7 september 2020',
    '3 arbetsdagar före nästa steg, torsdag 10 september 2020',
    'senast samma dag som stoppdagen, torsdag 10 september 2020',
  ]);
  expect(steps({ name: 'Förvaltningsgruppen', calendar: [day('2020-09-16')], afterPapers: true })).toEqual([
    'den sista dagen i dess egen kalender före sammanträdet, torsdag 24 september 2020',
  ]);
});

test('a step whose day has passed, or that has none, says so', () => {
  const late = days({ today: day('2020-09-09'), steps: [{ name: 'Tjänsteutlåtande', workingDays: 5 }] })[0]?.why;
  expect(late?.sv).toBe('5 arbetsdagar före stoppdagen, torsdag 10 september 2020; dagen hade redan passerat när planen räknades');
  expect(steps({ name: 'Rådet', calendar: [] })).toEqual([
    'kalendern har ingen dag som hinns med före stoppdagen, torsdag 10 september 2020; boka en dag eller ta ärendet skriftligt',
  ]);
});

test('papers before the stop day: the step comes before them', () => {
  const odd = meetingOn('2020-09-24', { stopOn: '2020-09-15', papersOn: '2020-09-10' });
  expect(why('step', { deciding: [odd], steps: [{ name: 'a', workingDays: 2 }] })?.sv).toBe(
    '2 arbetsdagar före utskicket av handlingar, torsdag 10 september 2020',
  );
});

const none = (more: Partial<CountBack>) => {
  const plan = countBack({ ...asked, ...more });
  return isThere(plan) ? undefined : explainNone(plan);
};

test('where there is no way it says why, the next meeting, and the way out', () => {
  expect(none({ deciding: [meetingOn('2020-10-22')] })).toEqual({
    sv: 'Inget sammanträde som ärendet hinner till ligger före svarets sista dag, söndag 18 oktober 2020. Nästa möjliga sammanträde är torsdag 22 oktober 2020; då räcker ett anstånd till torsdag 5 november 2020. Begär anstånd, eller låt ordföranden besluta om nämnden har gett ett sådant uppdrag (brådskande ärende, kommunallagen 6 kap. 39 §).',
    en: 'No meeting that the matter can reach lies before the reply’s last day, Sunday 18 October 2020. The next possible meeting is on Thursday 22 October 2020; an extension to Thursday 5 November 2020 would then suffice. Ask for an extension, or have the chair decide where the board has given that mandate (urgent matter, KL 6:39).',
  });
});

test('each reason has its own sentence', () => {
  expect(none({ deciding: [] })?.sv).toMatch(/^Inget kommande sammanträde .* Se också till att nämndens sammanträden är inlagda\.$/);
  expect(none({ today: day('2020-10-19') })?.sv).toMatch(/^Svarets sista dag, söndag 18 oktober 2020, har passerat\./);
  expect(none({ preparing: [meetingOn('2020-09-20', { board: 'preparing' })] })?.sv).toMatch(/^Den beredande nämnden sammanträder inte före stoppdagen/);
});

test('a meeting that has been, with nothing come of it, says what to do', () => {
  expect(explainPassed(day('2020-09-24')).sv).toMatch(/^Sammanträdet torsdag 24 september 2020 har varit, .* räknas planen om\.$/);
});

test('a plan in one sentence', () => {
  expect(summaryOf(countBack(asked)).sv).toBe('Beslut torsdag 24 september 2020; expediering senast fredag 16 oktober 2020.');
  expect(summaryOf(countBack({ ...asked, lastOn: day('2020-09-30') })).en).toBe(
    'Decision on Thursday 24 September 2020, approved at once; dispatch by Wednesday 30 September 2020.',
  );
  expect(summaryOf(countBack({ ...asked, deciding: [] })).en).toMatch(/^No coming meeting/);
});
