import { expect, test } from '@jest/globals';
import { day, event, type Event } from '#libs/kernel';
import { AgreementSigned, PartyDecisionRecorded, VersionProposed } from '#libs/agreements';
import { ResponsibilityDisputed, ResponsibilityRuleEnded, ResponsibilityRuleSet, RulesOfAgreementSet } from '#libs/responsibilities';
import { citedDocuments, citedMeetings, ofAgreements, type Filed } from './bundle.js';
import { id } from './recorded.given.js';

const filed = (...facts: readonly Event[]): readonly Filed[] =>
  facts.map(({ type, data }, place) => ({ position: BigInt(place), text: '', entry: { id: id(`${place}`), type, data } as unknown as Filed['entry'] }));
const agreement = id('agreement');
const version = 'a'.repeat(64);
const board = id('Socialnämnden');

test('what is attached to an agreement and its signed copy are cited, and the meetings of its decisions', () => {
  const facts = filed(
    event(VersionProposed, {
      agreement,
      version,
      number: 1,
      text: '§ 1',
      attachments: [{ sha256: 'b'.repeat(64), title: 'Uppdragsbeskrivning' }],
      parties: [board, id('Utbildningsnämnden')],
      clauses: [],
      terms: {},
      board,
      on: day('2022-05-17'),
      reserved: [],
    }),
    event(PartyDecisionRecorded, {
      agreement,
      meeting: id('14 June'),
      point: id('point'),
      outcome: 'approved',
      effect: 'approves',
      on: day('2022-06-14'),
      place: 1300,
      version,
      number: '§ 13',
      board,
      parties: [board],
    }),
    event(AgreementSigned, {
      agreement,
      signature: id('signature'),
      party: board,
      board,
      version,
      on: day('2022-09-29'),
      role: 'head-of-administration',
      unit: board,
      person: id('director'),
      capacity: 'own',
      delegation: { order: board, delegation: id('delegation') },
      document: 'c'.repeat(64),
    } as never),
  );
  expect(citedDocuments(facts)).toEqual(['c'.repeat(64), 'b'.repeat(64)]);
  expect(citedMeetings(facts)).toEqual([id('14 June')]);
});

const terms = { kind: 'operational-follow-up', match: {}, answer: { who: 'named', board }, basis: 'Reglementet' } as const;
const from = day('2022-10-03');
const setBy = (of: string, rule: string) =>
  event(RulesOfAgreementSet, { agreement: of, version, from, rules: [{ rule, clause: '1', ...terms }], disputes: [] });

test('of the rules: those that the agreement made, what became of them, and what they are disputed with', () => {
  const [own, other, alone] = [id('own'), id('other'), id('alone')] as const;
  const claims = [
    { claim: own, rule: own },
    { claim: alone, rule: alone },
  ];
  const facts = filed(
    event(ResponsibilityRuleSet, { rule: alone, ...terms, from }),
    setBy(agreement, own),
    setBy(id('another agreement'), other),
    event(ResponsibilityDisputed, { dispute: id('dispute'), kind: terms.kind, match: {}, from, claims }),
    event(ResponsibilityRuleEnded, { rule: own, to: day('2022-12-31'), reason: 'Uppsagd.' }),
    event(ResponsibilityRuleEnded, { rule: other, to: day('2022-12-31'), reason: 'Uppsagd.' }),
  );
  expect(ofAgreements(facts, [agreement]).map(({ position }) => position)).toEqual([1n, 3n, 4n]);
  expect(ofAgreements(facts, [])).toEqual([]);
});
