import { test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import {
  DecisionAnnulled,
  meeting,
  MeetingOpened,
  MinutesApproved,
  OpenedMeetingCancelled,
  ParagraphCorrected,
  ParagraphRecorded,
  type MeetingEvent,
} from '#libs/meetings';
import { stateAfter } from '#libs/testing';
import { AgreementTerminated, PartyDecisionFollowed } from './agreement.events.js';
import {
  EDUCATION,
  entered,
  forceEnded,
  given,
  ids,
  inForce,
  lived,
  on,
  proposed,
  recorded,
  registered,
  reviewAwaited,
  reviewClosed,
  ruleOn,
  v1,
} from './agreements.given.js';
import { followMinutes } from './follow-minutes.js';

// Utbildningsnämnden's meeting of 15 September 2022, with the agreement in § 7.
const id = derivedId(ids.education, '2022-09-15');
const point = derivedId(id, '§ 7', 0);
type Outcome = 'approved' | 'rejected' | 'tabled' | 'approved-with-changes';
const paragraph = (outcome: Outcome, object: { kind: 'agreement'; id: string; version?: string } = { kind: 'agreement', id: ids.agreement, version: v1 }) => ({
  meeting: id,
  paragraph: derivedId(id, '§ 7'),
  number: '§ 7',
  title: 'Överenskommelse',
  points: [{ point, text: 'Godkänns.', outcome, object }],
});
const opened = event(MeetingOpened, { meeting: id, board: ids.education, on: day('2022-09-15'), kind: 'meeting' });
const held = (...facts: readonly MeetingEvent[]) => stateAfter(meeting, [opened, event(ParagraphRecorded, paragraph('approved')), ...facts], on('2022-09-15'));
const approved = event(MinutesApproved, { meeting: id, approval: 1, on: day('2022-09-22') });
const annulled = event(DecisionAnnulled, { meeting: id, point, court: 'Förvaltningsrätten', on: day('2023-01-10') });

const command = { agreement: ids.agreement, meeting: id };
const uncounted = { ...EDUCATION, counts: false } as const;
const awaiting = () => [registered(), proposed(), recorded(), recorded(uncounted)];
const asked = on('2022-10-01', { role: 'system' });
const followed = (more: object) =>
  event(PartyDecisionFollowed, {
    agreement: ids.agreement,
    meeting: id,
    point,
    outcome: 'approved',
    effect: 'approves',
    on: day('2022-09-15'),
    place: 700,
    ...more,
  });

test('the minutes are approved: the decision counts, and the agreement is in force from that day', () => {
  given(awaiting())
    .when(followMinutes, command, asked, { ruleOn, minutes: held(approved) })
    .then(followed({ countsFrom: day('2022-09-22') }), entered('2022-09-22'), reviewAwaited('2022-09-22'));
});

test('a court annuls it: from that day the condition is missing again', () => {
  given(inForce())
    .when(followMinutes, command, asked, { ruleOn, minutes: held(approved, annulled) })
    .then(
      followed({ countsFrom: day('2022-09-22'), annulledOn: day('2023-01-10') }),
      forceEnded('2023-01-09', 'approval-missing'),
      reviewClosed('2022-09-22', '2023-01-09', 'agreement-ends'),
    );
});

test('minutes that say nothing new, or of which nothing is recorded, change nothing', () => {
  given(inForce())
    .when(followMinutes, command, asked, { ruleOn, minutes: held(approved) })
    .thenNothing();
  given(registered(), proposed())
    .when(followMinutes, command, asked, { ruleOn, minutes: held(approved) })
    .thenNothing();
  given().when(followMinutes, command, asked, { ruleOn, minutes: held() }).thenNothing();
});

const correctedTo = (outcome: Outcome) => held(approved, event(ParagraphCorrected, { ...paragraph(outcome), reason: 'Skäl.' }));

const onceCorrected = (outcome: Outcome) => given(inForce()).when(followMinutes, command, asked, { ruleOn, minutes: correctedTo(outcome) });

test('a paragraph corrected to a rejection rejects; to another approval it must be recorded anew', () => {
  onceCorrected('rejected').thenTypes('PartyDecisionFollowed', 'ForceWithdrawn', 'DeadlineClosed');
  onceCorrected('approved-with-changes').thenTypes('PartyDecisionFollowed', 'ForceWithdrawn', 'DeadlineClosed');
  onceCorrected('tabled').thenTypes('PartyDecisionFollowed', 'ForceWithdrawn', 'DeadlineClosed');
});

test('a paragraph corrected to be about something else, or a meeting that was not held, decided nothing', () => {
  const nothing = event(PartyDecisionFollowed, {
    agreement: ids.agreement,
    meeting: id,
    point,
    outcome: 'approved',
    effect: 'none',
    on: day('2022-09-15'),
    place: 700,
  });
  const elsewhere = held(approved, event(ParagraphCorrected, { ...paragraph('approved', { kind: 'agreement', id: derivedId('other') }), reason: 'Skäl.' }));
  given(awaiting()).when(followMinutes, command, asked, { ruleOn, minutes: elsewhere }).then(nothing);
  const cancelled = held(event(OpenedMeetingCancelled, { meeting: id, on: day('2022-09-15') }));
  given(awaiting()).when(followMinutes, command, asked, { ruleOn, minutes: cancelled }).then(nothing);
});

test('a court annuls the decision to terminate: the agreement was never terminated', () => {
  const terminated = event(AgreementTerminated, {
    agreement: ids.agreement,
    party: ids.education,
    board: ids.education,
    decision: { meeting: id, point },
    on: day('2022-10-03'),
    lastDay: day('2022-12-31'),
  });
  const earlier = recorded({ ...EDUCATION, on: '2022-08-15', counts: '2022-08-20' });
  const before = lived('2022-10-03', registered(), proposed(), recorded(), earlier, terminated);
  const said = given(before).when(followMinutes, command, asked, { ruleOn, minutes: held(approved, annulled) });
  said.thenTypes('TerminationAnnulled', 'ForceCorrected', 'DeadlineMoved', 'DeadlineClosed');
  given(before, said.events)
    .when(followMinutes, command, asked, { ruleOn, minutes: held(approved, annulled) })
    .thenNothing();
});
