import { test } from '@jest/globals';
import { day, derivedId, event } from '#libs/kernel';
import { ForceCorrected, SignatureWithdrawn, SigningDayCorrected } from './agreement.events.js';
import { clauses, EDUCATION, given, ids, lived, on, organisation, proposed, recorded, registered, ruleOn, signed, v1 } from './agreements.given.js';
import { correctSigningDay } from './correct-signing-day.js';
import { withdrawSignature } from './withdraw-signature.js';

const needs = { organisation, ruleOn };
const facts = lived(
  '2022-10-03',
  registered(),
  proposed({ terms: { allSignatures: true } }),
  recorded(),
  recorded(EDUCATION),
  signed(ids.education, '2022-09-26'),
  signed(ids.social, '2022-10-03', { nth: 1 }),
);
const signature = derivedId(ids.agreement, 'signature', ids.social, v1, 1);
const agreement = ids.agreement;

test('a corrected day of signing corrects the day of force, as a new fact', () => {
  const period = { version: v1, number: 1 };
  given(facts)
    .when(correctSigningDay, { agreement, signature, on: day('2022-09-28'), reason: 'Skäl.' }, on('2022-10-04'), needs)
    .thenTypes('SigningDayCorrected', 'ForceCorrected', 'DeadlineMoved');
  const { events } = given(facts).when(correctSigningDay, { agreement, signature, on: day('2022-09-28'), reason: 'Skäl.' }, on('2022-10-04'), needs);
  given(facts)
    .when(correctSigningDay, { agreement, signature, on: day('2022-09-28'), reason: 'Skäl.' }, on('2022-10-04'), needs)
    .then(
      event(SigningDayCorrected, { agreement, signature, from: day('2022-10-03'), on: day('2022-09-28'), reason: 'Skäl.' }),
      event(ForceCorrected, {
        agreement,
        from: [{ ...period, on: day('2022-10-03') }],
        to: [{ ...period, on: day('2022-09-28') }],
        clauses: [{ version: v1, clauses }],
      }),
      events[2]!,
    );
});

test('the same day says nothing new', () => {
  given(facts)
    .when(correctSigningDay, { agreement, signature, on: day('2022-10-03'), reason: 'Skäl.' }, on('2022-10-04'), needs)
    .thenNothing();
});

test('a day before the board’s approval, tomorrow, of another board or of no signature is refused', () => {
  const correct = (more: object, code: string, asked = on('2022-10-04')) =>
    given(facts)
      .when(correctSigningDay, { agreement, signature, on: day('2022-09-28'), reason: 'Skäl.', ...more }, asked, needs)
      .thenRefused(code);
  correct({ on: day('2022-06-19') }, 'signing.before-approval');
  correct({ on: day('2022-10-05') }, 'day.in-the-future');
  correct({}, 'board.not-yours', on('2022-10-04', { unit: ids.education }));
  correct({ signature: derivedId('none') }, 'signature.unknown');
  given()
    .when(correctSigningDay, { agreement, signature, on: day('2022-09-28'), reason: 'Skäl.' }, on('2022-10-04'), needs)
    .thenRefused('agreement.unknown');
});

test('a signature recorded by mistake is taken back: it was never in force', () => {
  given(facts)
    .when(withdrawSignature, { agreement, signature, reason: 'Skäl.' }, on('2022-10-04'), needs)
    .thenTypes('SignatureWithdrawn', 'ForceWithdrawn', 'DeadlineClosed');
});

test('another board’s, or none, is not taken back', () => {
  const so = given(facts, event(SignatureWithdrawn, { agreement, signature, reason: 'Skäl.' }));
  so.when(withdrawSignature, { agreement, signature, reason: 'Skäl.' }, on('2022-10-04'), needs).thenRefused('signature.unknown');
  given(facts)
    .when(withdrawSignature, { agreement, signature, reason: 'Skäl.' }, on('2022-10-04', { unit: ids.education }), needs)
    .thenRefused('board.not-yours');
  given().when(withdrawSignature, { agreement, signature, reason: 'Skäl.' }, on('2022-10-04'), needs).thenRefused('agreement.unknown');
});
