import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, atLocalTime, day, derivedId, event, Refusal, type Day, type Decide } from '#libs/kernel';
import { meeting, MeetingOpened, OpenedMeetingCancelled, type MeetingEvent } from '#libs/meetings';
import { given as givenFacts, stateAfter } from '#libs/testing';
import {
  delegated,
  delegatedFurther,
  holders,
  ids,
  on,
  orderAfter,
  organisation,
  ruleOn,
  signed,
  agreementAfter,
  registered,
  proposed,
} from './agreements.given.js';
import type { AgreementEvent } from './agreement.events.js';
import { correctDelegatedDecision } from './correct-delegated-decision.js';
import { countReportAgain } from './count-report-again.js';
import * as events from './delegated-decision.events.js';
import type { DelegatedDecisionEvent } from './delegated-decision.events.js';
import { delegatedDecision, dutyOf, evolveDelegatedDecision, isToReport, type DelegatedDecision } from './delegated-decision.js';
import type { DelegationOrderEvent } from './delegation-order.events.js';
import { REPORTINGS, type Covered } from './delegation.codes.js';
import { minuteSeparately } from './minute-separately.js';
import { noteActUnderDelegation } from './note-act-under-delegation.js';
import { recordDelegatedDecision, type RecordDelegatedDecision } from './record-delegated-decision.js';
import { reportToBoard } from './report-to-board.js';
import { reportToHead } from './report-to-head.js';
import { withReports } from './reports-awaited.js';
import { takeBackReport } from './take-back-report.js';
import { withdrawDelegatedDecision } from './withdraw-delegated-decision.js';

const decision = derivedId('delegated decision');
const board = ids.social;
/** Socialnämnden meets on 25 October and 22 November 2022. */
const meetings = ['2022-10-25', '2022-11-22'].map(day);
const next = (of: readonly Day[]) => (after: Day) => of.find((one) => one > after);
const needs = { ruleOn, nextMeeting: next(meetings) };

const asked = (date: string, who = {}) => on(date, { id: decision, ...who });
const given = (...facts: readonly (DelegatedDecisionEvent | readonly DelegatedDecisionEvent[])[]) => {
  const so = givenFacts(delegatedDecision, ...facts.flat());
  return {
    when: <C, N>(
      decide: Decide<C, DelegatedDecision, DelegatedDecisionEvent, N>,
      command: C,
      circumstances: ReturnType<typeof on>,
      ...having: object extends N ? [N?] : [N]
    ) => so.when(decide, command, circumstances, ...having),
  };
};

const made = (more: Partial<ReturnType<typeof makes>> = {}) => event(events.DelegatedDecisionMade, { ...makes(), ...more });
const makes = () => ({
  decision,
  board,
  kind: 'other' as Covered,
  what: 'Yttrande till tillsynsmyndigheten.',
  on: day('2022-10-03'),
  role: 'head-of-administration',
  unit: ids.socialAdministration,
  person: ids.director,
  capacity: 'ordinary' as const,
  delegation: { order: board, point: ids.delegation } as { order: string; point: string; further?: string },
  reporting: 'next-meeting' as (typeof REPORTINGS)[number],
  appealable: false,
});
/** It happened, with what was awaited then. */
const lived = (...facts: readonly DelegatedDecisionEvent[]) => livedBy('2022-10-03', ...facts);
const livedBy = (recordedOn: string, ...facts: readonly DelegatedDecisionEvent[]): readonly DelegatedDecisionEvent[] => {
  let state: DelegatedDecision = { status: 'none' };
  return facts.flatMap((fact) => {
    const told = withReports(state, [fact], { ...needs, now: atLocalTime(day(recordedOn), '12:00') });
    state = told.reduce(evolveDelegatedDecision, state);
    return told;
  });
};

// Made

const order = (...points: readonly DelegationOrderEvent[]) => ({ board, order: orderAfter(...points) });
const other = (more: Parameters<typeof delegated>[0] = {}) => delegated({ covers: ['other'], ...more });
const director = asked('2022-10-03', { role: 'head-of-administration', unit: ids.socialAdministration, actor: ids.director });
const record = (more: Partial<RecordDelegatedDecision> = {}): RecordDelegatedDecision => ({
  board,
  what: 'Yttrande till tillsynsmyndigheten.',
  on: day('2022-10-03'),
  ...more,
});
const recording = { ...needs, organisation, holders, delegations: order(other()) };

test('a decision by delegation is to be reported at the next meeting', () => {
  const { events: told } = given().when(recordDelegatedDecision, record(), director, recording);
  expect(told).toMatchObject([made(), { type: 'DeadlineSet', data: { type: 'delegated-report', startOn: '2022-10-03', dueOn: '2022-10-25', unit: board } }]);
});
const dueBy = (having: object) =>
  given()
    .when(recordDelegatedDecision, record(), director, { ...recording, ...having })
    .events.flatMap(({ type, data }) => (type === 'DeadlineSet' ? [data.dueOn] : []));

test('by list, or where the calendar knows no meeting, by the rule’s day', () => {
  expect(dueBy({ delegations: order(other({ reporting: 'by-list' })) })).toEqual(['2022-12-02']);
  expect(dueBy({ nextMeeting: next([]) })).toEqual(['2022-12-02']);
});
test('not reported: exempt, or minuted separately where it can be appealed', () => {
  given()
    .when(recordDelegatedDecision, record(), director, { ...recording, delegations: order(other({ reporting: 'not' })) })
    .then(made({ reporting: 'not' }));
  const { events: told } = given().when(recordDelegatedDecision, record(), director, {
    ...recording,
    delegations: order(other({ reporting: 'not', appealable: true })),
  });
  expect(told).toMatchObject([{ type: 'DelegatedDecisionMade' }, { type: 'DeadlineSet', data: { type: 'separate-minutes' } }]);
});
test('by further delegation it is to be reported to the head of administration too (KL 7:8)', () => {
  const manager = asked('2022-10-03', { role: 'unit-manager', unit: ids.procurement, actor: ids.deputy });
  const { events: told } = given().when(recordDelegatedDecision, record(), manager, {
    ...recording,
    delegations: order(other({ furtherAllowed: true }), delegatedFurther()),
  });
  expect(told).toMatchObject([
    { data: { delegation: { further: ids.further } } },
    { data: { type: 'delegated-report' } },
    { data: { type: 'head-report', unit: ids.procurement } },
  ]);
});
test('by the delegation that is said, where the role has several', () => {
  const several = order(other(), other({ point: derivedId('another'), reporting: 'not' }));
  const by = (point: string) => given().when(recordDelegatedDecision, record({ point }), director, { ...recording, delegations: several });
  by(derivedId('another')).then(made({ reporting: 'not', delegation: { order: board, point: derivedId('another') } }));
  by(ids.delegation).thenTypes('DelegatedDecisionMade', 'DeadlineSet');
  by(derivedId('none')).thenRefused('delegation.none');
});
test('entered after the meeting it is overdue at once', () => {
  given()
    .when(recordDelegatedDecision, record(), { ...director, now: atLocalTime(day('2022-10-26'), '12:00') }, recording)
    .thenTypes('DelegatedDecisionMade', 'DeadlineSet', 'DeadlineMissed');
});
test('the same again says nothing new; another under its id is refused', () => {
  given(lived(made())).when(recordDelegatedDecision, record(), director, recording).thenNothing();
  given(lived(made()))
    .when(recordDelegatedDecision, record({ what: 'Annat.' }), director, recording)
    .thenRefused('delegated-decision.exists');
});
test('without delegation, for another board or tomorrow it is refused', () => {
  const so = given();
  so.when(recordDelegatedDecision, record(), director, { ...recording, delegations: order(delegated()) }).thenRefused('delegation.none');
  so.when(recordDelegatedDecision, record(), asked('2022-10-03', { unit: ids.education }), recording).thenRefused('board.not-yours');
  so.when(recordDelegatedDecision, record({ on: day('2022-10-04') }), director, recording).thenRefused('day.in-the-future');
});

// A signature is one

const agreed = (...facts: readonly AgreementEvent[]) => ({
  agreed: agreementAfter(registered(), proposed(), ...facts),
  order: orderAfter(delegated()),
  nextMeeting: next(meetings),
});
const signature = signed(ids.social, '2022-10-03').data.signature;
const act = { decision: signature, agreement: ids.agreement };
const system = on('2022-10-03', { role: 'system', id: signature });

test('a signature is a delegated decision: reported as its point says, with the board’s own number', () => {
  const of = agreed(signed(ids.social, '2022-10-03'));
  const { events: told } = given().when(noteActUnderDelegation, act, system, { ruleOn, of: { ...of, act: signed(ids.social, '2022-10-03').data } });
  expect(told).toMatchObject([
    {
      type: 'DelegatedDecisionMade',
      data: {
        decision: signature,
        kind: 'sign-agreements',
        agreement: ids.agreement,
        registryNumber: '2.3.4-181/2022',
        what: 'Undertecknat överenskommelsen ”Samverkansöverenskommelse”, version 1.',
      },
    },
    { type: 'DeadlineSet', data: { dueOn: '2022-10-25' } },
  ]);
});
test('its day and its being taken back follow the agreement', () => {
  const noted = lived(made({ decision: signature, kind: 'sign-agreements' }));
  const moved = { ...signed(ids.social, '2022-10-26').data };
  given(noted)
    .when(noteActUnderDelegation, act, system, { ruleOn, of: { ...agreed(signed(ids.social, '2022-10-26')), act: moved } })
    .thenTypes('DelegatedDecisionCorrected', 'DeadlineMoved');
  given(noted)
    .when(noteActUnderDelegation, act, system, { ruleOn, of: { ...agreed(), act: signed(ids.social, '2022-10-03').data } })
    .thenNothing();
  given(noted).when(noteActUnderDelegation, act, system, { ruleOn, of: agreed() }).thenTypes('DelegatedDecisionWithdrawn', 'DeadlineClosed');
  given().when(noteActUnderDelegation, act, system, { ruleOn, of: agreed() }).thenNothing();
});
test('it is corrected on the agreement, not by itself', () => {
  const noted = lived(made({ kind: 'sign-agreements' }));
  given(noted)
    .when(correctDelegatedDecision, { decision, on: day('2022-10-02'), reason: 'Skäl.' }, asked('2022-10-04'), needs)
    .thenRefused('delegated-decision.of-agreement');
  given(noted).when(withdrawDelegatedDecision, { decision, reason: 'Skäl.' }, asked('2022-10-04'), needs).thenRefused('delegated-decision.of-agreement');
});

// Reported to the board

const at = derivedId('25 October');
const minutes = (heldOn = '2022-10-25', of = board, ...more: readonly MeetingEvent[]) =>
  stateAfter(meeting, [event(MeetingOpened, { meeting: at, board: of, on: day(heldOn), kind: 'meeting' }), ...more], on(heldOn));
const report = { decision, meeting: at };
const reporting = { ...needs, organisation, minutes: minutes() };
const reported = event(events.ReportedToBoard, { decision, board, meeting: at, on: day('2022-10-25') });

test('it is reported at a meeting: nobody is reminded any more', () => {
  given(lived(made())).when(reportToBoard, report, asked('2022-10-25'), reporting).thenTypes('ReportedToBoard', 'DeadlineMet');
});
test('reported in time and entered late, the lateness is withdrawn', () => {
  given(livedBy('2022-11-01', made()))
    .when(reportToBoard, report, asked('2022-11-01'), reporting)
    .thenTypes('ReportedToBoard', 'LatenessWithdrawn', 'DeadlineMet');
});
test('reported at the meeting of the board that took over', () => {
  const of = { ...reporting, minutes: minutes('2023-08-24', ids.innerstaden) };
  given(lived(made({ board: ids.ostermalm })))
    .when(reportToBoard, report, asked('2023-08-24', { unit: ids.innerstaden }), of)
    .thenTypes('ReportedToBoard', 'DeadlineMissed', 'DeadlineMet');
});
test('the same again says nothing new; at another meeting it is refused', () => {
  given(lived(made(), reported)).when(reportToBoard, report, asked('2022-10-25'), reporting).thenNothing();
  given(lived(made(), reported))
    .when(reportToBoard, { ...report, meeting: derivedId('22 November') }, asked('2022-11-22'), reporting)
    .thenRefused('report.reported-already');
});
test('at no meeting of the board, before the decision, tomorrow, what is exempt or what was taken back is not reported', () => {
  const refused = (code: string, more: object = {}, facts = lived(made()), when = asked('2022-10-25')) =>
    given(facts)
      .when(reportToBoard, report, when, { ...reporting, ...more })
      .thenRefused(code);
  refused('report.not-at-that-meeting', { minutes: { status: 'none' } });
  refused('report.not-at-that-meeting', { minutes: minutes('2022-10-25', ids.education) });
  refused('report.not-at-that-meeting', { minutes: minutes('2022-10-25', board, event(OpenedMeetingCancelled, { meeting: at, on: day('2022-10-25') })) });
  refused('report.before-decision', { minutes: minutes('2022-10-02') });
  refused('day.in-the-future', {}, lived(made()), asked('2022-10-24'));
  refused('report.exempt', {}, lived(made({ reporting: 'not' })));
  refused('delegated-decision.withdrawn', {}, [...lived(made()), event(events.DelegatedDecisionWithdrawn, { decision, board, reason: 'Skäl.' })]);
  refused('delegated-decision.unknown', {}, []);
});
test('a report recorded by mistake is taken back: it is to be reported again', () => {
  given(lived(made(), reported))
    .when(takeBackReport, { decision, reason: 'Fel sammanträde.' }, asked('2022-10-26'), needs)
    .thenTypes('BoardReportWithdrawn', 'DeadlineMoved', 'DeadlineMissed');
  given(lived(made())).when(takeBackReport, { decision, reason: 'Skäl.' }, asked('2022-10-26'), needs).thenRefused('report.none');
  given().when(takeBackReport, { decision, reason: 'Skäl.' }, asked('2022-10-26'), needs).thenRefused('delegated-decision.unknown');
});

// To the head, and in minutes of its own

test('a decision by further delegation is reported to the head of administration', () => {
  const facts = lived(made({ delegation: { order: board, point: ids.delegation, further: ids.further } }));
  const tell = { decision, on: day('2022-10-05') };
  given(facts).when(reportToHead, tell, asked('2022-10-05'), needs).thenTypes('ReportedToHead', 'DeadlineMet');
  given(facts, event(events.ReportedToHead, { ...tell, board }))
    .when(reportToHead, tell, asked('2022-10-05'), needs)
    .thenNothing();
  given(facts).when(reportToHead, tell, asked('2022-10-04'), needs).thenRefused('day.in-the-future');
  given(facts)
    .when(reportToHead, { ...tell, on: day('2022-10-02') }, asked('2022-10-05'), needs)
    .thenRefused('report.before-decision');
  given(lived(made())).when(reportToHead, tell, asked('2022-10-05'), needs).thenRefused('report.not-further');
  given().when(reportToHead, tell, asked('2022-10-05'), needs).thenRefused('delegated-decision.unknown');
});
test('what is not reported and can be appealed is minuted separately', () => {
  const facts = lived(made({ reporting: 'not', appealable: true }));
  const minute = { decision, on: day('2022-10-05'), reference: 'Delegationsprotokoll 2022:31' };
  given(facts).when(minuteSeparately, minute, asked('2022-10-05'), needs).thenTypes('MinutedSeparately', 'DeadlineMet');
  given(facts, event(events.MinutedSeparately, { ...minute, board }))
    .when(minuteSeparately, minute, asked('2022-10-05'), needs)
    .thenNothing();
  given(facts).when(minuteSeparately, minute, asked('2022-10-04'), needs).thenRefused('day.in-the-future');
  given(facts)
    .when(minuteSeparately, { ...minute, on: day('2022-10-02') }, asked('2022-10-05'), needs)
    .thenRefused('report.before-decision');
  given(lived(made())).when(minuteSeparately, minute, asked('2022-10-05'), needs).thenRefused('report.not-minuted');
  given().when(minuteSeparately, minute, asked('2022-10-05'), needs).thenRefused('delegated-decision.unknown');
});

// Corrected, and counted again

test('its day was another one: by when it is to be reported follows', () => {
  const correct = { decision, on: day('2022-10-26'), reason: 'Fel dag.' };
  given(lived(made())).when(correctDelegatedDecision, correct, asked('2022-10-26'), needs).thenTypes('DelegatedDecisionCorrected', 'DeadlineMoved');
  given(lived(made()))
    .when(correctDelegatedDecision, { ...correct, on: day('2022-10-03') }, asked('2022-10-26'), needs)
    .thenNothing();
  given(lived(made())).when(correctDelegatedDecision, correct, asked('2022-10-25'), needs).thenRefused('day.in-the-future');
  given().when(correctDelegatedDecision, correct, asked('2022-10-26'), needs).thenRefused('delegated-decision.unknown');
});
test('recorded by mistake it is taken back: nothing is awaited', () => {
  const withdraw = { decision, reason: 'Fattades inte.' };
  given(lived(made())).when(withdrawDelegatedDecision, withdraw, asked('2022-10-04'), needs).thenTypes('DelegatedDecisionWithdrawn', 'DeadlineClosed');
  given(lived(made()), event(events.DelegatedDecisionWithdrawn, { ...withdraw, board }))
    .when(withdrawDelegatedDecision, withdraw, asked('2022-10-04'), needs)
    .thenNothing();
  given().when(withdrawDelegatedDecision, withdraw, asked('2022-10-04'), needs).thenRefused('delegated-decision.unknown');
});
const countedAgain = (facts: readonly DelegatedDecisionEvent[], of: readonly Day[]) =>
  given(facts).when(countReportAgain, { decision }, asked('2022-10-10'), { ruleOn, nextMeeting: next(of) });

test('the day follows the board’s calendar, until it is reported', () => {
  countedAgain(lived(made()), [day('2022-10-18')]).thenTypes('DeadlineMoved');
  countedAgain(lived(made()), meetings).thenNothing();
  countedAgain(lived(made()), []).thenNothing();
  countedAgain(lived(made(), reported), [day('2022-10-18')]).thenNothing();
  countedAgain(lived(made({ reporting: 'by-list' })), [day('2022-10-18')]).thenNothing();
  countedAgain([], meetings).thenNothing();
});

// Whatever happens

test('every delegated decision is reported, minuted, exempt by its point, taken back, or on the list of what is to be', () => {
  const anything = fc.constantFrom('report', 'take-back', 'minute', 'count', 'correct', 'withdraw' as const);
  const scripts = fc.record({
    reporting: fc.constantFrom(...REPORTINGS),
    appealable: fc.boolean(),
    then: fc.array(fc.tuple(anything, fc.nat({ max: 40 })), { maxLength: 8 }),
  });
  fc.assert(
    fc.property(scripts, ({ reporting: how, appealable, then }) => {
      let state = lived(made({ reporting: how, appealable })).reduce<DelegatedDecision>(evolveDelegatedDecision, { status: 'none' });
      for (const [what, after] of then) {
        const when = asked(addDays(day('2022-10-25'), after));
        const so = { today: addDays(day('2022-10-25'), after), tenant: 'stockholm', subject: decision, ...when, ...reporting };
        const decides = {
          report: () => reportToBoard(report, state, so),
          'take-back': () => takeBackReport({ decision, reason: 'Skäl.' }, state, so),
          minute: () => minuteSeparately({ decision, on: so.today, reference: 'Protokoll' }, state, so),
          count: () => countReportAgain({ decision }, state, so),
          correct: () => correctDelegatedDecision({ decision, on: day('2022-10-04'), reason: 'Skäl.' }, state, so),
          withdraw: () => withdrawDelegatedDecision({ decision, reason: 'Skäl.' }, state, so),
        };
        try {
          state = decides[what]().reduce(evolveDelegatedDecision, state);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error; // refused: nothing happened
        }
      }
      if (state.status === 'none') throw new TypeError('It was made.');
      const settled = state.reported !== undefined || state.minuted !== undefined || dutyOf(state) === 'exempt' || state.status === 'withdrawn';
      const listed = state.status === 'made' && isToReport(state);
      expect([settled, listed]).toEqual([!listed, !settled]);
      const reminded = Object.values(state.deadlines).some(({ status }) => status === 'open' || status === 'missed');
      expect(reminded).toBe(listed);
    }),
    { numRuns: 400 },
  );
});
