import { DayField, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, forbidden, type Day, type Decide } from '#libs/kernel';
import { DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { ActionEnded, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertNotBeforePromise, assertNotFuture, assertOpen, assertReason } from './action.refusals.js';
import { assertApproved, assertHasSay, cited } from './boards-decision.js';
import { levelOf, reaches } from './levels.js';
import { awaitsNothingMore } from './waits.js';

/** An ongoing action is ended by decision: the board's, which is cited, or that of a head, who states the reason. */
export class EndAction {
  @Id('The corrective action.') action!: string;
  @DayField('The day from which it is carried out no more.') on!: Day;
  @FreeText('Why. Needed where no decision of the board is cited.', { max: 4000, optional: true }) reason?: string;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

export interface EndNeeds {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
}

export const endAction: Decide<EndAction, Action, ActionEvent, EndNeeds> = ({ on, reason, decision }, action, { by, today, now, organisation, decided }) => {
  if (action.status === 'ended' && action.overOn === on) return [];
  assertOpen(action);
  if (action.kind !== 'ongoing') {
    throw forbidden('action.not-ongoing', {
      sv: 'Bara en pågående åtgärd avslutas. En utlovad markeras som genomförd, stryks eller förs över.',
      en: 'Only an ongoing action is ended. A promised one is marked as done, dropped or transferred.',
    });
  }
  assertNotFuture(on, today, '/on');
  assertNotBeforePromise(on, action, '/on');
  if (decision === undefined) {
    if (!reaches(levelOf(by, action, today, organisation), 'unit-head')) throw decisionMissing();
    assertReason(reason);
  } else {
    assertApproved(decided);
    assertHasSay(decided, action, organisation);
  }
  return [
    event(ActionEnded, {
      action: action.action,
      on,
      ...(reason !== undefined && { reason }),
      ...cited(decision),
      obligations: [...action.obligations],
      stands: stands(action, 'ended'),
    }),
    ...awaitsNothingMore(action, on, 'action-ended', now),
  ];
};

const decisionMissing = () =>
  contradictory(
    'action.decision-missing',
    {
      sv: 'En pågående åtgärd avslutas genom beslut. Ange nämndens beslut, eller låt enhetens eller förvaltningens chef avsluta den.',
      en: 'An ongoing action is ended by a decision. Cite the board’s, or let the head of the unit or of the administration end it.',
    },
    '/decision',
  );
