import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { AddresseesNamed, RecommendationMade, RecommendationWithdrawn, WordingQuoted } from './audit.events.js';
import { audit, recommendationId } from './audit.js';
import { auditor, boards, givenAudit, ids, organisation, recommendation, recommended, reportRegistered, units, WORDING } from './audits.given.js';
import { makeRecommendation } from './make-recommendation.js';
import { nameAddressees } from './name-addressees.js';
import { quoteWording } from './quote-wording.js';
import { withdrawRecommendation } from './withdraw-recommendation.js';

const now = auditor('2020-06-01');
const needs = { organisation, earlier: undefined };
const make = (addressees = [boards.norrmalm, boards.ostermalm], addressed: 'named' | 'group' | 'as-interpreted' = 'group') => ({
  audit: ids.audit,
  number: 'R3',
  wording: WORDING,
  addressees,
  addressed,
});

test.each(['named', 'group', 'as-interpreted'] as const)('in the auditors’ wording, to boards %s', (addressed) => {
  givenAudit(reportRegistered())
    .when(makeRecommendation, make([boards.ostermalm], addressed), now, needs)
    .then(recommended([boards.ostermalm], addressed));
});

test('the same again says nothing new, whatever order its addressees stand in', () => {
  givenAudit(reportRegistered(), recommended())
    .when(makeRecommendation, make([boards.ostermalm, boards.norrmalm]), now, needs)
    .thenNothing();
});

test('another under the same number, or the same id, is refused as recommendation.exists', () => {
  givenAudit(reportRegistered(), recommended())
    .when(makeRecommendation, { ...make(), wording: 'Annat.' }, now, needs)
    .thenRefused('recommendation.exists');
  givenAudit(reportRegistered(), recommended())
    .when(makeRecommendation, { ...make(), number: 'R4', recommendation }, now, needs)
    .thenRefused('recommendation.exists');
});

test('to a board that is no more it is refused as board.ended, to what is none as board.unknown', () => {
  givenAudit(reportRegistered({ handedOverOn: '2020-07-01' }))
    .when(makeRecommendation, make([boards.alvsjo]), auditor('2020-07-02'), needs)
    .thenRefused('board.ended');
  givenAudit(reportRegistered())
    .when(makeRecommendation, make([units.ostermalmRegistry]), now, needs)
    .thenRefused('board.unknown');
});

const earlierId = recommendationId(ids.earlier, 'R1');
const earlier = stateAfter(
  audit,
  [
    reportRegistered(),
    event(RecommendationMade, {
      audit: ids.earlier,
      recommendation: earlierId,
      number: 'R1',
      wording: WORDING,
      addressees: [boards.ostermalm],
      addressed: 'named',
    }),
  ],
  now,
);

test('it may repeat an earlier one', () => {
  const repeats = { repeats: earlierId, repeatsAudit: ids.earlier };
  givenAudit(reportRegistered())
    .when(makeRecommendation, { ...make(), ...repeats }, now, { organisation, earlier })
    .then(event(RecommendationMade, { ...recommended().data, ...repeats }));
});

test.each([
  ['that the earlier audit did not make', { repeats: recommendation, repeatsAudit: ids.earlier }],
  ['of no audit', { repeats: earlierId }],
  ['of an audit alone', { repeatsAudit: ids.earlier }],
  ['of the same report', { repeats: earlierId, repeatsAudit: ids.audit }],
])('to repeat one %s is refused as recommendation.repeated-unknown', (_what, repeats) => {
  givenAudit(reportRegistered())
    .when(makeRecommendation, { ...make(), ...repeats }, now, { organisation, earlier: 'repeatsAudit' in repeats ? earlier : undefined })
    .thenRefused('recommendation.repeated-unknown');
});

const quote = { audit: ids.audit, recommendation, wording: 'att tydliggöra ansvaret', source: '[003] s. 2' };
const made = [reportRegistered(), recommended()];

test('other documents’ wordings are kept beside it with their source; the same twice says nothing new', () => {
  givenAudit(made).when(quoteWording, quote, now).then(event(WordingQuoted, quote));
  givenAudit(made, event(WordingQuoted, quote)).when(quoteWording, quote, now).thenNothing();
  givenAudit(made, event(WordingQuoted, quote))
    .when(quoteWording, { ...quote, source: '[002]' }, now)
    .thenTypes('WordingQuoted');
});

const interpreted = [reportRegistered(), recommended([boards.norrmalm, boards.ostermalm], 'as-interpreted')];
const name = (...named: string[]) => ({ audit: ids.audit, recommendation, boards: named });
const named = (to: string[], dropped: string[]) => event(AddresseesNamed, { audit: ids.audit, recommendation, boards: to, dropped });

test('the auditors name the addressees of one that had to be interpreted: others are free of it', () => {
  givenAudit(interpreted)
    .when(nameAddressees, name(boards.ostermalm, boards.socialnamnden), now, needs)
    .then(named([boards.ostermalm, boards.socialnamnden], [boards.norrmalm]));
});

test('naming the same again says nothing new; naming others of one that is named is refused as recommendation.addressees-named', () => {
  givenAudit(interpreted, named([boards.ostermalm], [boards.norrmalm]))
    .when(nameAddressees, name(boards.ostermalm), now, needs)
    .thenNothing();
  givenAudit(made).when(nameAddressees, name(boards.socialnamnden), now, needs).thenRefused('recommendation.addressees-named');
});

test('naming what is no board is refused as board.unknown', () => {
  givenAudit(interpreted).when(nameAddressees, name(units.ostermalmRegistry), now, needs).thenRefused('board.unknown');
});

const withdraw = (decidedOn: string, on?: string) => ({
  audit: ids.audit,
  recommendation,
  decidedOn: day(decidedOn),
  ...(on !== undefined && { on: day(on) }),
  reason: 'Upphört.',
});
const withdrawn = (decidedOn: string, on = decidedOn) =>
  event(RecommendationWithdrawn, {
    audit: ids.audit,
    recommendation,
    on: day(on),
    decidedOn: day(decidedOn),
    reason: 'Upphört.',
    boards: [boards.norrmalm, boards.ostermalm],
  });

test('the auditors withdraw one, from the day they decide or another', () => {
  givenAudit(made).when(withdrawRecommendation, withdraw('2020-06-01'), now).then(withdrawn('2020-06-01'));
  givenAudit(made).when(withdrawRecommendation, withdraw('2020-06-01', '2020-07-01'), now).then(withdrawn('2020-06-01', '2020-07-01'));
});

test('the same again says nothing new; on another day it is refused as recommendation.withdrawn, as is naming its addressees', () => {
  givenAudit(made, withdrawn('2020-05-30')).when(withdrawRecommendation, withdraw('2020-05-30'), now).thenNothing();
  givenAudit(made, withdrawn('2020-05-30')).when(withdrawRecommendation, withdraw('2020-05-31'), now).thenRefused('recommendation.withdrawn');
  givenAudit(interpreted, withdrawn('2020-05-30')).when(nameAddressees, name(boards.ostermalm), now, needs).thenRefused('recommendation.withdrawn');
});

test('a decision tomorrow is refused as day.in-the-future, one before the report as recommendation.withdrawn-too-early', () => {
  givenAudit(made).when(withdrawRecommendation, withdraw('2020-06-02'), now).thenRefused('day.in-the-future');
  givenAudit(made).when(withdrawRecommendation, withdraw('2020-05-24'), now).thenRefused('recommendation.withdrawn-too-early');
});

test('what the report does not recommend is refused as recommendation.unknown, what is not there as audit.unknown', () => {
  givenAudit(reportRegistered()).when(quoteWording, quote, now).thenRefused('recommendation.unknown');
  givenAudit(reportRegistered()).when(nameAddressees, name(boards.ostermalm), now, needs).thenRefused('recommendation.unknown');
  givenAudit(reportRegistered()).when(withdrawRecommendation, withdraw('2020-06-01'), now).thenRefused('recommendation.unknown');
  givenAudit().when(makeRecommendation, make(), now, needs).thenRefused('audit.unknown');
  givenAudit().when(quoteWording, quote, now).thenRefused('audit.unknown');
  givenAudit().when(nameAddressees, name(boards.ostermalm), now, needs).thenRefused('audit.unknown');
  givenAudit().when(withdrawRecommendation, withdraw('2020-06-01'), now).thenRefused('audit.unknown');
});
