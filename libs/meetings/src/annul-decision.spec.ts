import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { annulDecision } from './annul-decision.js';
import { DecisionAnnulled } from './meeting.events.js';
import { annulled, given, held, ids, minuted, on, points } from './meetings.given.js';

const court = 'Förvaltningsrätten i Stockholm';
const annul = (annulledOn: string) => ({ meeting: ids.meeting, point: points[0], court, on: day(annulledOn) });

test('a court annuls one point: the others stand', () => {
  given(minuted()).when(annulDecision, annul('2022-11-15'), on('2022-11-20')).then(annulled('2022-11-15'));
});

test('the court’s number of the case is kept', () => {
  given(minuted())
    .when(annulDecision, { ...annul('2022-11-15'), caseNumber: '15000-22' }, on('2022-11-20'))
    .then(event(DecisionAnnulled, { ...annul('2022-11-15'), caseNumber: '15000-22' }));
});

test('it may be entered before the approval of the minutes is', () => {
  given(held()).when(annulDecision, annul('2022-11-15'), on('2022-11-20')).then(annulled('2022-11-15'));
});

test('the same again says nothing new; another day is refused as decision.annulled-already', () => {
  given(minuted(), annulled('2022-11-15')).when(annulDecision, annul('2022-11-15'), on('2022-11-20')).thenNothing();
  given(minuted(), annulled('2022-11-15')).when(annulDecision, annul('2022-11-16'), on('2022-11-20')).thenRefused('decision.annulled-already');
});

test('before the decision was made it is refused as annulment.before-decision', () => {
  given(minuted()).when(annulDecision, annul('2022-06-13'), on('2022-11-20')).thenRefused('annulment.before-decision');
});

test('tomorrow, of no point and at no meeting it is refused', () => {
  given(minuted()).when(annulDecision, annul('2022-11-21'), on('2022-11-20')).thenRefused('day.in-the-future');
  given(minuted())
    .when(annulDecision, { ...annul('2022-11-15'), point: ids.agreement }, on('2022-11-20'))
    .thenRefused('point.unknown');
  given().when(annulDecision, annul('2022-11-15'), on('2022-11-20')).thenRefused('meeting.unknown');
});
