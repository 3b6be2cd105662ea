import { Bool, Code, FreeText, Id, Int, ListOf, ListOfDays } from '#libs/fields';
import { contradictory, event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { PreparationStep } from './count-back.js';
import { counted, type Planning } from './planning.js';
import { MINUTES, type Minutes } from './reply.codes.js';
import { DecisionChainSet, type ReplyEvent } from './reply.events.js';
import type { DecisionChain, Reply } from './reply.js';
import { assertBoard, assertNotApproved } from './reply.refusals.js';

/** A step before the meeting. */
export class ChainStep {
  @FreeText('What is done, or who is asked.', { max: 200 }) name!: string;
  @Int('How many working days before the next step; the day before it where left out.', { min: 0, max: 250, optional: true }) workingDays?: number;
  @ListOfDays('Its own meeting days, where it has some.', { max: 100, optional: true }) calendar?: Day[];
  @Bool('It may come between papers sent and meeting.', { optional: true }) afterPapers?: boolean;
}

/**
 * Who decides on the reply, and who prepares it: the deciding board need not be one that the report was referred to. Tyresö's reply is
 * prepared by arbetsmarknads- och socialnämnden “för beslut i kommunstyrelsen” [004]. The plan is counted again.
 */
export class SetDecisionChain {
  @Id('The reply.') reply!: string;
  @Id('The board that prepares it, where there is one.', { optional: true }) preparingBoard?: string;
  @Id('The board that decides.') decidingBoard!: string;
  @ListOf(() => ChainStep, { max: 30, optional: true }) steps?: ChainStep[];
  @Code('How the minutes of the point are to be approved; as the others, within fourteen days, where left out.', MINUTES, 'Minutes', { optional: true })
  minutes?: Minutes;
}

export interface ChainNeeds {
  readonly register: Register;
  readonly planning: Planning;
}

export const setDecisionChain: Decide<SetDecisionChain, Reply, ReplyEvent, ChainNeeds> = (command, state, { today, register, planning }) => {
  assertNotApproved(state);
  const { preparingBoard, decidingBoard, steps, minutes = 'ordinary' } = command;
  assertBoard(decidingBoard, register, '/decidingBoard');
  if (preparingBoard !== undefined) assertBoard(preparingBoard, register, '/preparingBoard');
  if (preparingBoard === decidingBoard) throw preparesForItself();
  const chain: DecisionChain = {
    ...(preparingBoard !== undefined && { preparingBoard }),
    decidingBoard,
    ...(steps && { steps: steps.map(asStep) }),
    minutes,
  };
  if (isSame(chain, state.chain)) return [];
  const set = event(DecisionChainSet, { reply: state.reply, ...chain });
  return [set, ...counted({ ...state, chain }, planning, today, 'chain-set')];
};

const asStep = ({ name, workingDays, calendar, afterPapers }: ChainStep): PreparationStep => ({
  name,
  ...(workingDays !== undefined && { workingDays }),
  ...(calendar && { calendar: calendar.toSorted() }),
  ...(afterPapers === true && { afterPapers }),
});

const isSame = (a: DecisionChain, b: DecisionChain): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
const inOrder = ({ preparingBoard, decidingBoard, steps, minutes }: DecisionChain) => [
  preparingBoard,
  decidingBoard,
  minutes,
  steps?.map(({ name, workingDays, calendar, afterPapers }) => [name, workingDays, calendar, afterPapers]),
];

const preparesForItself = () =>
  contradictory(
    'chain.prepares-for-itself',
    {
      sv: 'En nämnd bereder inte sitt eget beslut åt sig själv. Utelämna den beredande nämnden, eller välj en annan.',
      en: 'A board does not prepare its own decision for itself. Leave the preparing board out, or choose another.',
    },
    '/preparingBoard',
  );
