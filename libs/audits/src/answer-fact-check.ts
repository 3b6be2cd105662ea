import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { FactCheckAnswered, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered } from './audit.refusals.js';
import { assertNotFuture } from './obligation.refusals.js';
import { assertOwnBoard } from './own-board.js';

/** A board has checked the facts of the draft it was sent. */
export class AnswerFactCheck {
  @Id('The audit.') audit!: string;
  @Id('The board.') board!: string;
  @DayField('The day of the answer.') on!: Day;
  @FreeText('What it pointed out.', { max: 2000, optional: true }) note?: string;
}

export const answerFactCheck: Decide<AnswerFactCheck, Audit, AuditEvent, { readonly organisation: Register }> = (
  { board, on, note },
  audit,
  { by, today, organisation },
) => {
  assertRegistered(audit);
  assertOwnBoard(board, { by, today }, organisation);
  const check = audit.factChecks.findLast(({ boards }) => boards.includes(board));
  if (!check)
    throw forbidden('fact-check.not-sent', { sv: 'Nämnden har inte fått något utkast att faktagranska.', en: 'The board has been sent no draft to check.' });
  if (check.answers.some((answer) => answer.board === board && answer.on === on && answer.note === note)) return [];
  assertNotFuture(on, today, '/on');
  if (isBefore(on, check.on))
    throw contradictory(
      'fact-check.answered-too-early',
      {
        sv: `Utkastet skickades ${check.on}; det kan inte ha besvarats ${on}. Rätta dagen.`,
        en: `The draft was sent on ${check.on}; it cannot have been answered on ${on}. Correct the day.`,
      },
      '/on',
    );
  return [event(FactCheckAnswered, { audit: audit.audit, board, on, ...(note !== undefined && { note }) })];
};
