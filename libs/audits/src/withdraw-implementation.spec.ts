import { test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import { DeadlineMoved } from '#libs/timers';
import { arisen, givenObligation, implemented, judged, lastDaySet, lastDayWait, owner, reopened, theObligation } from './audits.given.js';
import { ImplementationWithdrawn } from './obligation.events.js';
import { withdrawImplementation } from './withdraw-implementation.js';

const reason = 'Beslutet gällde en annan rekommendation.';
const withdraw = { obligation: theObligation, reason };
const withdrawn = event(ImplementationWithdrawn, { obligation: theObligation, reason });

test('it is open again', () => {
  givenObligation(arisen(), implemented('2023-03-16')).when(withdrawImplementation, withdraw, owner('2023-04-01')).then(withdrawn);
});

test('its last day is waited for again', () => {
  const wait = lastDayWait('2023-01-10', '2023-06-30');
  givenObligation(arisen(), lastDaySet('2023-06-30'), wait.set, implemented('2023-03-16'), wait.closed('2023-03-16', 'obligation-implemented'))
    .when(withdrawImplementation, withdraw, owner('2023-04-01'))
    .then(withdrawn, event(DeadlineMoved, { ...wait.plan, dueOn: day('2023-06-30'), reason: 'obligation-open-again', generation: 3 }));
});

test('also where a judgement had opened it again: what was overruled is gone, and a corrected judgement brings it back no more', () => {
  givenObligation(arisen(), implemented('2023-03-16'), judged('not-met', '2023-04-18'), reopened())
    .when(withdrawImplementation, withdraw, owner('2023-05-01'))
    .then(withdrawn);
});

test('what is not held implemented is refused as obligation.not-implemented', () => {
  givenObligation(arisen()).when(withdrawImplementation, withdraw, owner('2023-04-01')).thenRefused('obligation.not-implemented');
});

test('what is not there is refused as obligation.unknown', () => {
  givenObligation().when(withdrawImplementation, withdraw, owner('2023-04-01')).thenRefused('obligation.unknown');
});
