import { expect, test } from '@jest/globals';
import { day, derivedId, event, type Event } from '#libs/kernel';
import { AgreementEnteredIntoForce, ForceCorrected, ForceWithdrawn } from './agreement.events.js';
import { clauses, entered, forceEnded, ids, lived, proposed, recorded, EDUCATION, registered, v1 } from './agreements.given.js';
import { rulesFollowAgreements } from './rules-follow-agreements.reaction.js';

const agreement = ids.agreement;
/** The command that follows from an event, as plain content. */
const follows = (happened: Event): object => {
  const seen = { ...happened, id: derivedId('event'), tenant: 'stockholm' } as unknown as Parameters<typeof rulesFollowAgreements.react>[0];
  const command = rulesFollowAgreements.react(seen, agreement);
  return { command: command.constructor.name, ...command };
};
const period = { version: v1, number: 1 };

test('in force: its clauses are rules from that day', () => {
  expect(follows(entered('2022-10-04'))).toEqual({ command: 'SetRulesOfAgreement', agreement, version: v1, rules: clauses, validFrom: '2022-10-04' });
});

test('no longer: they end with its last day', () => {
  expect(follows(forceEnded('2024-12-31', 'terminated'))).toEqual({ command: 'EndRulesOfAgreement', agreement, lastDay: '2024-12-31' });
});

test('corrected or withdrawn: all its days anew', () => {
  const from = [{ ...period, on: day('2022-10-04') }];
  const to = [{ ...period, on: day('2022-09-28'), lastDay: day('2023-01-09'), because: 'approval-missing' as const }];
  expect(follows(event(ForceCorrected, { agreement, from, to, clauses: [{ version: v1, clauses }] }))).toEqual({
    command: 'CorrectRulesOfAgreement',
    agreement,
    periods: [{ version: v1, from: '2022-09-28', lastDay: '2023-01-09', rules: clauses }],
  });
  expect(follows(event(ForceWithdrawn, { agreement, from }))).toEqual({ command: 'CorrectRulesOfAgreement', agreement, periods: [] });
});

test('in force again after a time without: the earlier days stand beside the new ones', () => {
  const revoked = recorded({ on: '2023-02-14', counts: '2023-02-20', number: '§ 5' }, { effect: 'revokes' });
  const approved = recorded({ on: '2023-05-16', counts: '2023-05-22', number: '§ 9' });
  const facts = lived('2023-06-01', registered(), proposed(), recorded(), recorded(EDUCATION), revoked, approved);
  const again = facts.findLast(({ type }) => type === AgreementEnteredIntoForce.type)!;
  expect(follows(again)).toEqual({
    command: 'CorrectRulesOfAgreement',
    agreement,
    periods: [
      { version: v1, from: '2022-09-22', lastDay: '2023-02-19', rules: clauses },
      { version: v1, from: '2023-05-22', rules: clauses },
    ],
  });
});
