import { DayField, Id, ListOfIds } from '#libs/fields';
import { contradictory, event, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertBoardOn } from './addressed-board.js';
import { DraftSentForFactCheck, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertNotFuture } from './obligation.refusals.js';

/** A draft goes to the boards it is about, for them to check its facts (faktagranskning) before the report is settled. */
export class SendDraftForFactCheck {
  @Id('The audit.') audit!: string;
  @ListOfIds('The boards.', { min: 1, max: 100 }) boards!: string[];
  @DayField('The day it was sent.') on!: Day;
  @DayField('The day the answers were asked for.', { optional: true }) answerBy?: Day;
}

export const sendDraftForFactCheck: Decide<SendDraftForFactCheck, Audit, AuditEvent, { readonly organisation: Register }> = (
  { boards, on, answerBy },
  audit,
  { today, organisation },
) => {
  assertRegistered(audit);
  const same = audit.factChecks.some((check) => check.on === on && check.answerBy === answerBy && check.boards.toSorted().join() === boards.toSorted().join());
  if (same) return [];
  assertNotFuture(on, today, '/on');
  boards.forEach((board, place) => assertBoardOn(board, on, organisation, `/boards/${place}`));
  const { reportOn } = audit.report;
  if (reportOn !== undefined && isAfter(on, reportOn))
    throw contradictory(
      'fact-check.after-report',
      {
        sv: `Rapporten är daterad ${reportOn}; ett utkast kan inte ha skickats senare, ${on}. Rätta den dag som är fel.`,
        en: `The report is dated ${reportOn}; a draft cannot have been sent later, on ${on}. Correct the day that is wrong.`,
      },
      '/on',
    );
  if (answerBy !== undefined && !isAfter(answerBy, on))
    throw contradictory(
      'fact-check.answer-too-early',
      { sv: `Svaren kan väntas tidigast dagen efter ${on}.`, en: `The answers can be asked for on the day after ${on} at the earliest.` },
      '/answerBy',
    );
  return [event(DraftSentForFactCheck, { audit: audit.audit, boards, on, ...(answerBy !== undefined && { answerBy }) })];
};
