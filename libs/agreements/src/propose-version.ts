import { Bool, DayField, FreeText, Id, Nested, Sha256 } from '#libs/fields';
import type { Day, Decide } from '#libs/kernel';
import type { AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertOwnBoard, assertRegistered, foundVersion, nameOf } from './agreement.refusals.js';
import { inForceOn } from './force.js';
import { noParty } from './set-agreement-number.js';
import { ContentOfVersion, versionFrom, type VersionNeeds } from './version-fields.js';

/** The answer to one of the four questions of KL 6:38. */
export class AnswerToQuestion {
  @Bool('Whether the revision concerns it.') concerns!: boolean;
  @FreeText('Why, or why not.', { max: 2000 }) reason!: string;
}

/** What the proposer of a revision under delegation answers: does it concern the goals, direction, scope or quality of the operation? */
export class FourAnswers {
  @Nested(() => AnswerToQuestion) goals!: AnswerToQuestion;
  @Nested(() => AnswerToQuestion) direction!: AnswerToQuestion;
  @Nested(() => AnswerToQuestion) scope!: AnswerToQuestion;
  @Nested(() => AnswerToQuestion) quality!: AnswerToQuestion;
}

/** An administration proposes a text: the first one, another one, or a revision of the one in force. Each is a version, known by its hash. */
export class ProposeVersion extends ContentOfVersion {
  @Id('The agreement.') agreement!: string;
  @Id('The party whose administration proposes it.') board!: string;
  @DayField('The day it was proposed.') on!: Day;
  @Sha256('The version that it revises; the one in force where left out.', { optional: true }) revises?: string;
  @Nested(() => FourAnswers, { optional: true }) answers?: FourAnswers;
}

export const proposeVersion: Decide<ProposeVersion, Agreement, AgreementEvent, VersionNeeds> = (command, state, { by, today, ...needs }) => {
  assertRegistered(state);
  const { board, on, revises, answers } = command;
  assertNotFuture(on, today);
  if (!state.numbers.some((one) => one.board === board)) throw noParty(nameOf(needs.organisation, board), '/board');
  assertOwnBoard(needs.organisation, by, board, today);
  const of = revises === undefined ? inForceOn(state, today) : foundVersion(state, revises, '/revises');
  const { proposed } = versionFrom(state, command, { board, on, revises: of, answers: plain(answers) }, needs);
  return proposed ? [proposed] : [];
};

const one = ({ concerns, reason }: AnswerToQuestion) => ({ concerns, reason });
const plain = (answers: FourAnswers | undefined) =>
  answers && { goals: one(answers.goals), direction: one(answers.direction), scope: one(answers.scope), quality: one(answers.quality) };
