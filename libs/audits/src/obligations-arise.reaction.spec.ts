import { expect, test } from '@jest/globals';
import { day, event } from '#libs/kernel';
import type { AsOfEvent, Happened } from '#libs/reactions';
import { AddresseesNamed, AuditReportCompleted, RecommendationWithdrawn, type AuditEvent } from './audit.events.js';
import { recommendationId } from './audit.js';
import { boards, ids, received, recommendation, recommended } from './audits.given.js';
import { NoteObligationDays } from './note-obligation-days.js';
import { obligationId } from './obligation.js';
import { obligationsArise } from './obligations-arise.reaction.js';
import { RaiseObligation } from './raise-obligation.js';
import { WithdrawObligation } from './withdraw-obligation.js';

const R1 = recommendationId(ids.audit, 'R1');
/** The list of recommendations, as it was when the event was recorded. */
const asOf: AsOfEvent = (_views, questions) =>
  questions({
    list: () =>
      Promise.resolve({
        rows: [
          { key: R1, addressees: [boards.socialnamnden] },
          { key: recommendation, addressees: [boards.norrmalm, boards.ostermalm] },
        ],
      }),
  } as never);

const commandsAfter = async (fact: AuditEvent): Promise<readonly object[]> => {
  const happened = fact as Happened<AuditEvent> & AuditEvent;
  return (await obligationsArise.targets(happened, asOf)).map((target) => obligationsArise.react(happened, target));
};
const raise = (board: string) =>
  Object.assign(new RaiseObligation(), { obligation: obligationId(recommendation, board), audit: ids.audit, recommendation, board });
const noteDays = (of: string, board: string) => Object.assign(new NoteObligationDays(), { obligation: obligationId(of, board), audit: ids.audit });

test('a recommendation raises an obligation of each board it is addressed to', async () => {
  expect(await commandsAfter(recommended())).toEqual([raise(boards.norrmalm), raise(boards.ostermalm)]);
});

test('where the auditors name the addressees, theirs are confirmed or raised, and the others withdrawn', async () => {
  const named = event(AddresseesNamed, { audit: ids.audit, recommendation, boards: [boards.ostermalm, boards.alvsjo], dropped: [boards.norrmalm] });
  expect(await commandsAfter(named)).toEqual([
    raise(boards.ostermalm),
    raise(boards.alvsjo),
    Object.assign(new WithdrawObligation(), { obligation: obligationId(recommendation, boards.norrmalm), reason: expect.any(String) }),
  ]);
});

test('a recommendation taken back takes its obligations along', async () => {
  const [on, reason] = [day('2021-02-16'), 'Upphört.'];
  const withdrawn = event(RecommendationWithdrawn, { audit: ids.audit, recommendation, on, decidedOn: on, reason, boards: [boards.norrmalm] });
  expect(await commandsAfter(withdrawn)).toEqual([
    Object.assign(new WithdrawObligation(), { obligation: obligationId(recommendation, boards.norrmalm), on, reason }),
  ]);
});

test('when a board has received the report, its obligations know from when on', async () => {
  expect(await commandsAfter(received())).toEqual([noteDays(recommendation, boards.ostermalm)]);
});

test('when the day of handing over becomes known, all obligations know it; of what else becomes known they need not know', async () => {
  const completed = { audit: ids.audit, reason: 'Protokollet.' };
  expect(await commandsAfter(event(AuditReportCompleted, { ...completed, handedOverOn: day('2020-05-25') }))).toEqual([
    noteDays(R1, boards.socialnamnden),
    noteDays(recommendation, boards.norrmalm),
    noteDays(recommendation, boards.ostermalm),
  ]);
  expect(await commandsAfter(event(AuditReportCompleted, { ...completed, periodAudited: '2020' }))).toEqual([]);
});
