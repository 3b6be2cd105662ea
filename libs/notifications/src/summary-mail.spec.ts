import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { linkTo } from './pages.js';
import { MAX_LISTED, summaryMail, type SummaryFacts } from './summary-mail.js';

const base = 'https://uppsikt.stockholm.example';
const thing = (type = 'reply') => ({ type, dueOn: day('2019-10-15'), link: linkTo(base, 'reply-11111111-1111-4111-8111-111111111111') });
const facts: SummaryFacts = { role: 'process-owner', unitName: 'Östermalms stadsdelsnämnd', things: [thing()], all: linkTo(base, '') };

test('one thing is called one thing', () => {
  const { subject, text } = summaryMail(facts, ['sv']);
  expect(subject).toBe('Redan försenat när det registrerades: en sak');
  expect(text).toContain(
    'Yttrande försenat, sista dag tisdag 15 oktober 2019: https://uppsikt.stockholm.example/replies/11111111-1111-4111-8111-111111111111\n',
  );
});

test('in English, and in both languages where the readers differ', () => {
  const { subject, text } = summaryMail({ ...facts, things: [thing(), thing('action-day')] }, ['en']);
  expect(subject).toBe('Late already when it was recorded: 2 things');
  expect(text).toContain('Corrective action late, due on Tuesday 15 October 2019: ');
  expect(text).toContain('You get the summary as process owner, Östermalms stadsdelsnämnd.');
  expect(summaryMail(facts, ['en', 'sv']).subject).toBe('Redan försenat när det registrerades: en sak / Late already when it was recorded: one thing');
});

test('more than anyone reads is cut short, and that is said', () => {
  const { text } = summaryMail({ ...facts, things: Array.from({ length: MAX_LISTED + 7 }, () => thing()) }, ['sv', 'en']);
  expect(text.match(/sista dag tisdag/g)).toHaveLength(MAX_LISTED);
  expect(text).toContain('De 50 äldsta står här nedan; 7 till finns i Uppsikt.');
  expect(text).toContain('The 50 oldest follow; 7 more are in Uppsikt.');
});

test('a type and a role without names of their own are called by their codes', () => {
  const { text } = summaryMail({ ...facts, role: 'follow-up-officer', things: [thing('other')] }, ['sv']);
  expect(text).toContain('Frist other, sista dag tisdag 15 oktober 2019: ');
  expect(text).toContain('som follow-up-officer, ');
});
