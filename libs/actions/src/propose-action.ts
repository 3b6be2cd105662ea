import { Code, DayField, FreeText, Id, ListOfIds, ListOfSha256, Nested } from '#libs/fields';
import { ACTION_KINDS, type ActionKind } from '#libs/audits';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { contradictory, event, forbidden, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { RESPONSIBLE_ROLES, type ResponsibleRole } from './action.codes.js';
import { ActionProposed, EvidenceAdded, type ActionEvent } from './action.events.js';
import { stands, type Action } from './action.js';
import { assertAnswerable, MAX_OBLIGATIONS, type Obligations } from './answered-obligations.js';
import { FrequencyRead, frequencyOf } from './frequency.js';
import { assertOwnUnit, boardFor } from './responsible.js';

/** The most documents that one command cites. */
export const MAX_DOCUMENTS = 40;

/** An officer's report describes what has been done, is going on or is promised in answer to some recommendations, or to none [004]. */
export class ProposeAction {
  @Id('The new action, where the sender names it; else the answer does.', { optional: true }) action?: string;
  @FreeText('What is to be done, in a line.', { max: 300 }) title!: string;
  @FreeText('In the words of the reply.', { max: 8000, optional: true }) description?: string;
  @Code('Already done, ongoing or promised.', ACTION_KINDS, 'ActionKind') kind!: ActionKind;
  @ListOfIds('The obligations that it answers; left out where it answers none.', { max: MAX_OBLIGATIONS, optional: true }) obligations?: string[];
  @Id('The unit that is responsible. Its board answers for the action.') unit!: string;
  @Code('The role in it that is responsible.', RESPONSIBLE_ROLES, 'ResponsibleRole') role!: ResponsibleRole;
  @FreeText('The time in the words of the reply: innan sommaren.', { max: 300, optional: true }) timeAsWritten?: string;
  @DayField('The day that the time is taken to mean, of a promised action. Left out where there is none: it will be asked for.', { optional: true })
  promisedOn?: Day;
  @Nested(() => FrequencyRead, { optional: true }) frequency?: FrequencyRead;
  @ListOfSha256('Evidence of what is already done.', { max: MAX_DOCUMENTS, optional: true }) documents?: string[];
  @Id('The reply that describes it.', { optional: true }) reply?: string;
  @FreeText('Where it stands: document, page.', { max: 500, optional: true }) source?: string;
}

export interface ProposeNeeds {
  readonly organisation: Register;
  readonly answered: Obligations;
  readonly evidence: KnownDocuments;
}

export const proposeAction: Decide<ProposeAction, Action, ActionEvent, ProposeNeeds> = (
  command,
  action,
  { id, by, today, organisation, answered, evidence },
) => {
  if (action.status !== 'none') {
    throw forbidden('action.exists', {
      sv: 'Det finns redan en åtgärd med detta id. Utelämna action, så får den nya ett eget.',
      en: 'There is already an action with this id. Leave action out and the new one gets its own.',
    });
  }
  const { title, description, kind, obligations = [], unit, role, timeAsWritten, promisedOn, frequency, documents = [], reply, source } = command;
  assertOwnUnit(unit, by, today, organisation);
  const board = boardFor(unit, today, organisation);
  assertAnswerable(obligations, answered, board, today, organisation, '/obligations');
  assertTimeFits(command);
  assertStored(evidence, documents);
  const told = { obligations, stands: stands({ kind, promisedOn, firstPromisedOn: promisedOn }, 'proposed') };
  return [
    event(ActionProposed, {
      action: id,
      title,
      ...(description !== undefined && { description }),
      kind,
      board,
      unit,
      role,
      ...(timeAsWritten !== undefined && { timeAsWritten }),
      ...(promisedOn !== undefined && { promisedOn }),
      ...(frequency !== undefined && { frequency: frequencyOf(frequency) }),
      ...(reply !== undefined && { reply }),
      ...(source !== undefined && { source }),
      ...told,
    }),
    ...(documents.length > 0 ? [event(EvidenceAdded, { action: id, documents, ...told })] : []),
  ];
};

/** A day belongs to what is promised, a frequency to what is ongoing. */
const assertTimeFits = ({ kind, promisedOn, frequency }: ProposeAction): void => {
  if (promisedOn !== undefined && kind !== 'promised') {
    throw contradictory(
      'action.day-not-of-kind',
      {
        sv: 'Bara en utlovad åtgärd har en dag den ska vara genomförd. Ange frekvens för en pågående, och underlag för en redan genomförd.',
        en: 'Only a promised action has a day to be done by. Give a frequency for an ongoing one, and evidence for one already done.',
      },
      '/promisedOn',
    );
  }
  if (frequency !== undefined && kind !== 'ongoing') {
    throw contradictory(
      'action.frequency-not-of-kind',
      { sv: 'Bara en pågående åtgärd har en frekvens. Ange i stället en dag.', en: 'Only an ongoing action has a frequency. Give a day instead.' },
      '/frequency',
    );
  }
};
