import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { addMonths, contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { AgreementTerminated, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertExisted, assertNotFuture, assertRegistered, nameOf, notInForce, partiesHeldBy } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { inForceOn, terminationOf } from './force.js';
import type { Decided } from './needs.js';
import { assertAbout } from './record-decision.js';

/** A party terminates the agreement by a decision of its board. It is in force through the last day of the notice; then none is designated by it. */
export class TerminateAgreement {
  @Id('The agreement.') agreement!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
  @DayField('The day the other parties were given notice.') on!: Day;
  @DayField('The last day on which it is in force; as its notice says where left out.', { optional: true }) lastDay?: Day;
  @FreeText('Why.', { max: 2000, optional: true }) reason?: string;
}

export const terminateAgreement: Decide<
  TerminateAgreement,
  Agreement,
  AgreementEvent,
  Following & { readonly decided: Decided | undefined; readonly organisation: Register }
> = ({ agreement, decision: { meeting, point }, on, lastDay: said, reason }, state, { now, today, ruleOn, decided, organisation }) => {
  assertRegistered(state);
  assertCounts(decided);
  assertAbout(state, decided);
  assertExisted(organisation, decided);
  const standing = terminationOf(state);
  if (standing?.decision.point === point) return [];
  if (decided.outcome !== 'approved') {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget i ${decided.number} ${decided.on}. Ange den punkt där den beslutade att säga upp överenskommelsen.`,
        en: `The board did not approve the proposal in ${decided.number} on ${decided.on}. Cite the point in which it decided to terminate the agreement.`,
      },
      '/decision',
    );
  }
  assertNotFuture(on, today);
  if (isBefore(on, decided.countsFrom)) {
    throw contradictory(
      'termination.before-decision',
      {
        sv: `Beslutet att säga upp räknas från ${decided.countsFrom}; uppsägningen kan inte ha lämnats före det, ${on}. Rätta dagen.`,
        en: `The decision to terminate counts from ${decided.countsFrom}; notice cannot have been given before that, on ${on}. Correct the day.`,
      },
      '/on',
    );
  }
  const version = inForceOn(state, on);
  if (!version) throw notInForce(on);
  if (standing) {
    throw forbidden('agreement.terminated-already', {
      sv: `Överenskommelsen är redan uppsagd och gäller till och med ${standing.lastDay}.`,
      en: `The agreement is terminated already and is in force through ${standing.lastDay}.`,
    });
  }
  const [party] = partiesHeldBy(organisation, version.parties, decided.board, decided.on);
  if (party === undefined) {
    throw contradictory(
      'decision.no-party',
      {
        sv: `${nameOf(organisation, decided.board)} är inte part i överenskommelsen. Bara en part kan säga upp den.`,
        en: `${nameOf(organisation, decided.board)} is not a party to the agreement. Only a party can terminate it.`,
      },
      '/decision',
    );
  }
  const lastDay = lastDayOf(said, on, version.terms.noticeMonths);
  const terminated = event(AgreementTerminated, {
    agreement,
    party,
    board: decided.board,
    decision: { meeting, point },
    on,
    lastDay,
    ...(reason !== undefined && { reason }),
  });
  return withConsequences(state, [terminated], { ruleOn, now });
};

const lastDayOf = (said: Day | undefined, on: Day, noticeMonths: number | undefined): Day => {
  const earliest = addMonths(on, noticeMonths ?? 0);
  if (said === undefined && noticeMonths === undefined) {
    throw contradictory(
      'termination.last-day-missing',
      {
        sv: 'Överenskommelsen anger ingen uppsägningstid. Ange den sista dag den ska gälla.',
        en: 'The agreement states no notice. State the last day on which it is to be in force.',
      },
      '/lastDay',
    );
  }
  if (said !== undefined && isBefore(said, earliest)) {
    throw contradictory(
      'termination.notice-too-short',
      {
        sv: `Med uppsägningstiden gäller överenskommelsen åtminstone till och med ${earliest}. Ange den dagen eller en senare.`,
        en: `With its notice the agreement is in force through ${earliest} at least. State that day or a later one.`,
      },
      '/lastDay',
    );
  }
  return said ?? earliest;
};
