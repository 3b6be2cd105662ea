import { addMilliseconds, derivedId, event, isEarlier, MAX_EVENTS, never, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { Knock } from './knocks.js';
import { LateSummaryIssued, type LateSummaryEvent } from './late-summary.events.js';
import type { LateSummaries } from './late-summary.js';

/** Whom a summary goes to: in each board whoever owns its promises. */
const ROLE = 'process-owner';
const SOON_MS = 60_000;

/** A timer says that the moment of the summaries has come. No person can send it. */
export class IssueLateSummaries extends Knock {}

/**
 * One summary for each board that holds, that day, something which was recorded late: a unit's process owner is its board's.
 * A knock too early, or of a time that has been, says nothing.
 */
export const issueLateSummaries: Decide<IssueLateSummaries, LateSummaries, LateSummaryEvent, { register: Pick<Register, 'boardOf' | 'holderOn'> }> = (
  { owner, generation },
  state,
  { now, today, register },
) => {
  switch (state.status) {
    case 'nothing-new':
      return [];
    case 'gathering': {
      if (generation !== state.generation + 1 || isEarlier(now, state.issueAt)) return [];
      const boards = [...Map.groupBy(state.units, (unit) => holderOf(register, unit, today))];
      const rest = boards.length > MAX_EVENTS ? { restAt: addMilliseconds(now, SOON_MS) } : {};
      return boards
        .slice(0, MAX_EVENTS)
        .map(([unit, units]) =>
          event(LateSummaryIssued, { reminder: derivedId(owner, generation, unit), generation, role: ROLE, unit, units, dueAt: state.issueAt, ...rest }),
        );
    }
    default:
      return never(state);
  }
};

const holderOf = ({ boardOf, holderOn }: Pick<Register, 'boardOf' | 'holderOn'>, unit: string, today: Day): string => {
  const holder = holderOn(unit, today);
  return boardOf(holder) ?? holder;
};
