import { expect, test } from '@jest/globals';
import { day, dueDay } from '#libs/kernel';
import { DEADLINE_TYPES } from '#libs/timers';
import { linkTo } from './pages.js';
import { reminderMail, type ReminderFacts } from './reminder-mail.js';

const order = 'order-11111111-1111-4111-8111-111111111111';
const sent = day('2020-10-01');
const before: ReminderFacts = {
  type: 'genomforandeplan',
  startOn: sent,
  ...dueDay({ start: sent, length: 15, unit: 'calendar-days', roll: 'none' }),
  issuedOn: day('2020-10-09'),
  role: 'case-officer',
  unitName: 'Beställarenheten',
  escalation: false,
  occurrence: 0,
  link: linkTo('https://uppsikt.stockholm.example/', order),
};

test('before the day the mail says what is awaited, by when, why that day, to whom it goes and where to look', () => {
  const { subject, text, languages } = reminderMail(before, ['sv']);
  expect(subject).toBe('Genomförandeplan: senast fredag 16 oktober 2020');
  expect(text).toBe(`Genomförandeplanen ska ha kommit in senast fredag 16 oktober 2020. Det är inte antecknat att så har skett.

Därför den dagen: dag 0 är torsdag 1 oktober 2020; dag 15 är fredag 16 oktober 2020.

Du får påminnelsen som handläggare, Beställarenheten.

Öppna beställningen: https://uppsikt.stockholm.example/orders/11111111-1111-4111-8111-111111111111

Skickat av Uppsikt. Mejlet innehåller inga uppgifter om den enskilde och kan inte besvaras.
`);
  expect(languages).toEqual(['sv']);
});

test('on the day itself it is still awaited', () => {
  expect(reminderMail({ ...before, issuedOn: before.dueOn }, ['sv']).subject).toBe('Genomförandeplan: senast fredag 16 oktober 2020');
});

test('after the day it says that it is late', () => {
  const { subject, text } = reminderMail({ ...before, issuedOn: day('2020-10-19') }, ['sv']);
  expect(subject).toBe('Genomförandeplan försenad: sista dag var fredag 16 oktober 2020');
  expect(text).toContain('Genomförandeplanen skulle ha kommit in senast fredag 16 oktober 2020. Det är inte antecknat att så har skett.');
});

test('a reminder of a duty that nobody holds says in whose place it comes', () => {
  const { text } = reminderMail({ ...before, role: 'unit-manager', inPlaceOf: { role: 'case-officer', unitName: 'Beställarenheten' } }, ['sv', 'en']);
  expect(text).toContain('Du får påminnelsen som enhetschef, Beställarenheten.');
  expect(text).toContain('Det är egentligen en uppgift för handläggare, Beställarenheten, men den rollen har ingen just nu. Därför kommer mejlet till dig.');
  expect(text).toContain(
    'It is really a duty of the case officer, Beställarenheten, but nobody holds that role at present. That is why the mail comes to you.',
  );
});

test('an escalated reminder says why it comes to the manager, and a repeated one which it is', () => {
  const { text } = reminderMail({ ...before, issuedOn: day('2020-11-04'), role: 'unit-manager', escalation: true, occurrence: 2 }, ['sv']);
  expect(text).toContain('Påminnelsen går vidare till dig som enhetschef, Beställarenheten, eftersom dagen har passerat.');
  expect(text).toContain('Det är påminnelse nummer 3 i raden.');
});

test('a person who reads English is written to in English', () => {
  const { subject, text, html, languages } = reminderMail(before, ['en']);
  expect(subject).toBe('Genomförandeplan: by Friday 16 October 2020');
  expect(text).toContain('Why that day: day 0 is Thursday 1 October 2020; day 15 is Friday 16 October 2020.');
  expect(text).toContain('You get the reminder as case officer, Beställarenheten.');
  expect(html).toContain('<html lang="en">');
  expect(text).not.toMatch(/senast|Därför/);
  expect(languages).toEqual(['en']);
});

test('late in English', () => {
  const { subject, text } = reminderMail({ ...before, issuedOn: day('2020-10-19'), escalation: true, occurrence: 1 }, ['en']);
  expect(subject).toBe('Genomförandeplan late: was due on Friday 16 October 2020');
  expect(text).toContain('The genomförandeplan should have come in by Friday 16 October 2020. It is not recorded that this has happened.');
  expect(text).toContain('The reminder goes on to you as case officer, Beställarenheten, since the day has passed.');
  expect(text).toContain('It is reminder number 2 in a row.');
});

test('people of two languages get both in one mail, Swedish first', () => {
  const { subject, text, html, languages } = reminderMail(before, ['en', 'sv', 'en']);
  expect(subject).toBe('Genomförandeplan: senast fredag 16 oktober 2020 / Genomförandeplan: by Friday 16 October 2020');
  expect(text.indexOf('ska ha kommit in senast')).toBeLessThan(text.indexOf('must have come in by'));
  expect(html.match(/<div lang="(sv|en)">/g)).toEqual(['<div lang="sv">', '<div lang="en">']);
  expect(languages).toEqual(['sv', 'en']);
});

test('a day that was moved says so, and one that somebody chose that it was chosen', () => {
  const moved = dueDay({ start: sent, length: 16, unit: 'calendar-days', roll: 'forward' });
  expect(reminderMail({ ...before, ...moved }, ['sv']).text).toContain('dag 16 är lördag 17 oktober 2020; flyttas till måndag 19 oktober.');
  expect(reminderMail({ ...before, steps: [] }, ['sv']).text).toContain('Därför den dagen: den är satt i ärendet, inte räknad efter en regel.');
  expect(reminderMail({ ...before, steps: [] }, ['en']).text).toContain('Why that day: it was set in the case, not reckoned by a rule.');
});

test('a deadline of a type without a name of its own is still told', () => {
  const { subject, text } = reminderMail({ ...before, type: 'other', link: linkTo('http://127.0.0.1:3000', 'nothing-11111111-1111-4111-8111-111111111111') }, [
    'sv',
    'en',
  ]);
  expect(subject).toBe('Påminnelse: frist fredag 16 oktober 2020 / Reminder: deadline Friday 16 October 2020');
  expect(text).toContain('Det som fristen other gäller ska ha gjorts senast fredag 16 oktober 2020.');
  expect(text).toContain('Öppna Uppsikt: http://127.0.0.1:3000/\n');
});

test('a role without a name of its own is called by its code', () => {
  expect(reminderMail({ ...before, role: 'follow-up-officer' }, ['sv']).text).toContain('som follow-up-officer, Beställarenheten.');
});

test('what a unit is called cannot bring markup into the mail', () => {
  const { html } = reminderMail({ ...before, unitName: '<img src=x onerror="a()"> & Co' }, ['sv']);
  expect(html).toContain('&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; Co');
  expect(html).not.toContain('<img');
});

/** What a mail says first, before the day and after it, in both languages. */
const told = (type: string) => {
  const facts = { ...before, type };
  return [reminderMail(facts, ['sv', 'en']).text, reminderMail({ ...facts, issuedOn: day('2020-10-19') }, ['sv', 'en']).text].flatMap((text) =>
    text.split('\n\n').filter((one) => /^.+ (ska|skulle|must|should) ha(ve)? /.test(one)),
  );
};

test('each type is told in sentences of its own', () => {
  expect(told('reply')).toEqual([
    'Yttrandet till revisionen ska ha lämnats senast fredag 16 oktober 2020. Det är inte antecknat att så har skett.',
    'The reply to the auditors must have been given by Friday 16 October 2020. It is not recorded that this has happened.',
    'Yttrandet till revisionen skulle ha lämnats senast fredag 16 oktober 2020. Det är inte antecknat att så har skett.',
    'The reply to the auditors should have been given by Friday 16 October 2020. It is not recorded that this has happened.',
  ]);
  for (const type of DEADLINE_TYPES.keys()) expect(told(type)).toHaveLength(4);
});

test('only a mail about an individual says that it tells nothing of the service user', () => {
  expect(reminderMail({ ...before, type: 'reply' }, ['sv', 'en']).text).not.toMatch(/enskilde|service user|kommit in/);
  expect(reminderMail({ ...before, type: 'reply' }, ['sv']).text).toContain('Skickat av Uppsikt. Mejlet kan inte besvaras.');
});

test.each([
  ['order', 'orders', 'beställningen'],
  ['obligation', 'obligations', 'rekommendationen'],
  ['action', 'actions', 'åtgärden'],
  ['reply', 'replies', 'yttrandet'],
  ['meeting', 'meetings', 'sammanträdet'],
])('what a stream %s is about lies under /%s', (kind, path, called) => {
  const id = '11111111-1111-4111-8111-111111111111';
  expect(linkTo('https://uppsikt.stockholm.example/', `${kind}-${id}`)).toMatchObject({
    url: `https://uppsikt.stockholm.example/${path}/${id}`,
    open: { sv: `Öppna ${called}` },
  });
});
