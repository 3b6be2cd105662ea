import { addWorkingDays, atLocalTime, derivedId, isEarlier, never, rollForward, stockholmDay, type Instant, type Stream } from '#libs/kernel';
import { LateRecordingNoted, LateSummaryIssued, type LateSummaryEvent } from './late-summary.events.js';

/**
 * What was recorded when its day had passed, until the process owners are told of it. `generation` counts the times that they were told,
 * `units` are those of which something has been noted since.
 */
export type LateSummaries =
  | { readonly status: 'nothing-new'; readonly generation: number }
  | { readonly status: 'gathering'; readonly generation: number; readonly issueAt: Instant; readonly units: readonly string[] };

/** The one stream of summaries of a tenant: its id follows from the tenant's name. */
export const lateSummariesId = (tenant: string): string => derivedId(tenant, 'late-summaries');

/** One stream per tenant: `late-summary-<uuid>`. */
export const lateSummaries: Stream<LateSummaries, LateSummaryEvent> = {
  name: 'late-summary',
  events: [LateRecordingNoted, LateSummaryIssued],
  initial: { status: 'nothing-new', generation: 0 },
  evolve: (state, event) => {
    switch (event.type) {
      case 'LateRecordingNoted': {
        const { unit, issueAt } = event.data;
        if (state.status === 'nothing-new') return { status: 'gathering', generation: state.generation, issueAt, units: [unit] };
        return state.units.includes(unit) ? state : { ...state, units: [...state.units, unit] };
      }
      case 'LateSummaryIssued': {
        const { generation, units, restAt } = event.data;
        const left = state.status === 'gathering' ? state.units.filter((unit) => !units.includes(unit)) : [];
        if (state.status === 'nothing-new' || left.length === 0) return { status: 'nothing-new', generation };
        return { status: 'gathering', generation, issueAt: restAt ?? state.issueAt, units: left };
      }
      default:
        return never(event);
    }
  },
};

const TIME = '08:00';

/** The next morning of a working day: by then what is entered or imported in one go is in. */
export const nextMorning = (now: Instant): Instant => {
  const today = stockholmDay(now);
  const morning = atLocalTime(rollForward(today), TIME);
  return isEarlier(now, morning) ? morning : atLocalTime(addWorkingDays(today, 1), TIME);
};
