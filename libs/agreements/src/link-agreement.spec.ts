import { expect, test } from '@jest/globals';
import { action, ActionProposed, ActionWithdrawn } from '#libs/actions';
import { obligation, ObligationArisen, obligationId, ObligationWithdrawn } from '#libs/audits';
import { day, derivedId, event } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { foldAll, happenedIn } from '#libs/views';
import { AgreementLinked } from './agreement.events.js';
import { agreementLinksView } from './agreement-links.view.js';
import { given, ids, on, organisation, registered } from './agreements.given.js';
import { linkAgreement } from './link-agreement.js';
import type { Named } from './needs.js';

const agreement = ids.agreement;
const id = (name: string): string => derivedId('links', name);
const [STRUCTURE, INQUIRY, SCHOOLS, WITHDRAWN, NOTHING] = ['struktur', 'utredning', 'skolornas', 'återtagen', 'ingen'].map(id) as [
  string,
  string,
  string,
  string,
  string,
];
const R1 = obligationId(id('R1'), ids.social);
const DISTRICTS = obligationId(id('R3'), ids.ostermalm);
const TAKEN_BACK = obligationId(id('R2'), ids.social);

const asked = on('2022-11-01');
const proposed = (one: string, board: string) => {
  const stands = { kind: 'promised', status: 'promised' } as const;
  return event(ActionProposed, { action: one, title: 'Struktur', kind: 'promised', board, unit: board, role: 'unit-manager', obligations: [], stands });
};
const arisen = (one: string, recommendation: string, board: string) =>
  event(ObligationArisen, { obligation: one, audit: id('audit'), recommendation: id(recommendation), board, number: recommendation, addressed: 'named' });

const named: Named = {
  actions: new Map([
    [STRUCTURE, stateAfter(action, [proposed(STRUCTURE, ids.social)], asked)],
    [INQUIRY, stateAfter(action, [proposed(INQUIRY, ids.social)], asked)],
    [SCHOOLS, stateAfter(action, [proposed(SCHOOLS, ids.education)], asked)],
    [
      WITHDRAWN,
      stateAfter(
        action,
        [
          proposed(WITHDRAWN, ids.social),
          event(ActionWithdrawn, {
            action: WITHDRAWN,
            reason: 'Dubblett.',
            obligations: [],
            stands: { kind: 'promised', status: 'withdrawn' },
          }),
        ],
        asked,
      ),
    ],
    [NOTHING, stateAfter(action, [], asked)],
  ]),
  obligations: new Map([
    [R1, stateAfter(obligation, [arisen(R1, 'R1', ids.social)], asked)],
    [DISTRICTS, stateAfter(obligation, [arisen(DISTRICTS, 'R3', ids.ostermalm)], asked)],
    [
      TAKEN_BACK,
      stateAfter(
        obligation,
        [arisen(TAKEN_BACK, 'R2', ids.social), event(ObligationWithdrawn, { obligation: TAKEN_BACK, on: day('2021-01-01'), reason: 'Ersatt.' })],
        asked,
      ),
    ],
    [NOTHING, stateAfter(obligation, [], asked)],
  ]),
};
const needs = { organisation, named };
const linked = event(AgreementLinked, { agreement, actions: [STRUCTURE], obligations: [R1] });

test('a party links what of its own led to the agreement', () => {
  given(registered())
    .when(linkAgreement, { agreement, actions: [STRUCTURE], obligations: [R1] }, asked, needs)
    .then(linked);
});

test('a department of the board links what the board holds', () => {
  given(registered())
    .when(linkAgreement, { agreement, actions: [STRUCTURE] }, on('2022-11-01', { unit: ids.procurement }), needs)
    .then(event(AgreementLinked, { agreement, actions: [STRUCTURE] }));
});

test('only what is new of it is said, and the same again says nothing', () => {
  const so = given(registered(), linked);
  so.when(linkAgreement, { agreement, actions: [STRUCTURE], obligations: [R1] }, asked, needs).thenNothing();
  so.when(linkAgreement, { agreement, actions: [INQUIRY, STRUCTURE] }, asked, needs).then(event(AgreementLinked, { agreement, actions: [INQUIRY] }));
});

test('what a board took over from another it links as its own', () => {
  const innerstaden = on('2023-08-01', { unit: ids.innerstaden });
  given(registered())
    .when(linkAgreement, { agreement, obligations: [DISTRICTS] }, innerstaden, needs)
    .thenTypes('AgreementLinked');
  given(registered())
    .when(linkAgreement, { agreement, obligations: [DISTRICTS] }, on('2023-08-01', { unit: ids.ostermalm }), needs)
    .thenRefused('agreement.obligation-unknown');
});

test('an action that is not there, was withdrawn, or is the other party’s is refused', () => {
  for (const one of [NOTHING, id('nobody asked'), WITHDRAWN, SCHOOLS])
    given(registered())
      .when(linkAgreement, { agreement, actions: [STRUCTURE, one] }, asked, needs)
      .thenRefused('agreement.action-unknown');
});

test('an obligation that is not there, was withdrawn, or that no party holds is refused', () => {
  for (const one of [NOTHING, id('nobody asked'), TAKEN_BACK, DISTRICTS])
    given(registered())
      .when(linkAgreement, { agreement, obligations: [one] }, asked, needs)
      .thenRefused('agreement.obligation-unknown');
});

test('nothing at all, and an agreement that nobody registered, are refused', () => {
  given(registered()).when(linkAgreement, { agreement }, asked, needs).thenRefused('agreement.links-nothing');
  given()
    .when(linkAgreement, { agreement, actions: [STRUCTURE] }, asked, needs)
    .thenRefused('agreement.unknown');
});

test('each of them is a row, by which the chain is walked both ways', () => {
  expect(foldAll(agreementLinksView, happenedIn(`agreement-${agreement}`, linked))).toMatchObject([
    { key: `${agreement}.${STRUCTURE}`, agreement, source: STRUCTURE, broken: null },
    { key: `${agreement}.${R1}`, agreement, source: R1, broken: null },
  ]);
});
