import { expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import {
  delegated,
  delegatedFurther,
  EDUCATION,
  entered,
  given,
  holders,
  ids,
  inForce,
  lived,
  on,
  orderAfter,
  organisation,
  OTHER_TEXT,
  proposed,
  recorded,
  registered,
  reviewAwaited,
  ruleOn,
  signed,
  v1,
  v2,
} from './agreements.given.js';
import type { DelegationOrderEvent } from './delegation-order.events.js';
import { signAgreement, type SignAgreement } from './sign-agreement.js';

const director = { role: 'head-of-administration', unit: ids.socialAdministration, actor: ids.director };
const asked = (date = '2022-10-03', who: Parameters<typeof on>[1] = director) => on(date, who);
const needs = (...order: readonly DelegationOrderEvent[]) => ({
  organisation,
  holders,
  ruleOn,
  evidence: { has: () => false },
  delegations: { board: ids.social, order: orderAfter(...(order.length > 0 ? order : [delegated()])) },
});
const command = (more: Partial<SignAgreement> = {}): SignAgreement => ({
  agreement: ids.agreement,
  party: ids.social,
  version: v1,
  on: day('2022-10-03'),
  ...more,
});
const approved = () => [registered(), proposed({ terms: { allSignatures: true } }), proposed({ text: OTHER_TEXT, number: 2 }), recorded(), recorded(EDUCATION)];

test('the delegate signs what the board has approved', () => {
  given(approved()).when(signAgreement, command(), asked(), needs()).then(signed(ids.social, '2022-10-03'));
});

test('where all signatures are stated, it is in force from the day of the last one', () => {
  given(approved(), signed(ids.education, '2022-09-26'))
    .when(signAgreement, command(), asked(), needs())
    .then(signed(ids.social, '2022-10-03', { nth: 1 }), entered('2022-10-03'), reviewAwaited('2022-10-03'));
});

test('the registrar records that the delegate signed, in which role', () => {
  const said = { role: 'head-of-administration', unit: ids.socialAdministration } as const;
  given(approved()).when(signAgreement, command(said), asked('2022-10-05', {}), needs()).then(signed(ids.social, '2022-10-03'));
});

test('a recorded substitute signs in the delegate’s stead, and it says so', () => {
  const deputy = { role: 'head-of-administration', unit: ids.socialAdministration, actor: ids.deputy };
  const { events } = given(approved()).when(signAgreement, command({ on: day('2022-07-05') }), asked('2022-07-05', deputy), needs());
  expect(events).toMatchObject([{ data: { person: ids.deputy, capacity: 'substitute' } }]);
});

test('whoever it was delegated on to signs, by that further delegation', () => {
  const manager = { role: 'unit-manager', unit: ids.procurement, actor: ids.deputy };
  const { events } = given(approved()).when(
    signAgreement,
    command(),
    asked('2022-10-03', manager),
    needs(delegated({ furtherAllowed: true }), delegatedFurther()),
  );
  expect(events).toMatchObject([{ data: { role: 'unit-manager', delegation: { order: ids.social, point: ids.delegation, further: ids.further } } }]);
});

const refused = (more: Partial<SignAgreement>, code: string, who = asked(), having = needs()) =>
  given(approved()).when(signAgreement, command(more), who, having).thenRefused(code);

test('signing without delegation is refused: none, another role, another unit, too early, of another agreement, or that covers something else', () => {
  refused({}, 'delegation.none', asked(), { ...needs(), delegations: { board: ids.social, order: { status: 'none' } } });
  refused({}, 'delegation.none', asked('2022-10-03', { role: 'unit-manager', unit: ids.procurement, actor: ids.deputy }));
  refused({}, 'delegation.none', asked('2022-10-03', { ...director, unit: ids.social }));
  refused({}, 'delegation.none', asked(), needs(delegated({ from: day('2022-10-04') })));
  refused({}, 'delegation.none', asked(), needs(delegated({ to: day('2022-10-02') })));
  refused({}, 'delegation.none', asked(), needs(delegated({ agreement: ids.culture })));
  refused({}, 'delegation.none', asked(), needs(delegated({ covers: ['revise-agreements'] })));
});

test('a board’s delegations end with it: the new board gives its own', () => {
  const parties = [ids.social, ids.ostermalm];
  const facts = lived('2022-09-22', registered(), proposed({ parties }), recorded(), recorded({ ...EDUCATION, board: ids.ostermalm }));
  const delegate = { role: 'head-of-administration', unit: ids.ostermalm, actor: ids.director };
  const before = delegated({ board: ids.ostermalm, unit: ids.ostermalm });
  const signs = (date: string, board: string, who = delegate) =>
    given(facts).when(signAgreement, command({ party: ids.ostermalm, on: day(date) }), asked(date, who), {
      ...needs(),
      holders: () => [{ person: ids.director, capacity: 'ordinary' }],
      delegations: { board, order: orderAfter(before) },
    });
  signs('2023-06-30', ids.ostermalm).thenTypes('AgreementSigned');
  signs('2023-07-01', ids.ostermalm, { ...delegate, unit: ids.innerstaden }).thenRefused('delegation.none');
});

test('signing before the own board’s approval of exactly that version is refused', () => {
  refused({ on: day('2022-06-20'), version: v2 }, 'signing.before-approval', asked('2022-06-20'));
  refused({ on: day('2022-06-19') }, 'signing.before-approval', asked('2022-06-20'), needs(delegated({ from: day('2022-06-01') })));
  given(registered(), proposed(), recorded({ counts: false }))
    .when(signAgreement, command(), asked(), needs())
    .thenRefused('signing.before-approval');
});

test('signing for another board is refused, also for no party', () => {
  refused({ party: ids.education }, 'board.not-yours');
  refused({ party: ids.culture }, 'agreement.no-party');
});

test('a role that nobody had, a person who had it not, and several who had it are told apart', () => {
  const nobody = { ...needs(), holders: () => [] };
  refused({}, 'delegate.unheld', asked(), nobody);
  refused({ person: ids.deputy }, 'delegate.not-holder');
  const july = { on: day('2022-07-05'), role: 'head-of-administration', unit: ids.socialAdministration } as const;
  refused(july, 'delegate.which', asked('2022-07-06', {}));
  given(approved())
    .when(signAgreement, command({ ...july, person: ids.director }), asked('2022-07-06', {}), needs())
    .thenTypes('AgreementSigned');
});

test('the same again says nothing new; another day is a correction', () => {
  given(approved(), signed(ids.social, '2022-10-03')).when(signAgreement, command(), asked(), needs()).thenNothing();
  given(approved(), signed(ids.social, '2022-10-02')).when(signAgreement, command(), asked(), needs()).thenRefused('signing.signed-already');
});

test('tomorrow, of a version or an agreement that is not there, or with a copy that is not stored it is refused', () => {
  refused({}, 'day.in-the-future', asked('2022-10-02'));
  refused({ version: 'e'.repeat(64) }, 'version.unknown');
  refused({ document: 'd'.repeat(64) }, 'document.unknown');
  given().when(signAgreement, command(), asked(), needs()).thenRefused('agreement.unknown');
});

test('where signatures are not stated they change nothing', () => {
  given(inForce()).when(signAgreement, command(), asked(), needs()).thenTypes('AgreementSigned');
});
