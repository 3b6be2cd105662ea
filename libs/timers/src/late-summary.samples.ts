import { day, derivedId, event, instant, type Day, type Instant } from '#libs/kernel';
import { LateRecordingNoted, LateSummaryIssued } from './late-summary.events.js';
import { lateSummariesId } from './late-summary.js';

/** Samples for specs: replies that were entered on Thursday 1 October 2020, after their day. */
export const id = (name: string): string => derivedId('late', name);
export const owner = lateSummariesId('stockholm');
export const MORNING = instant('2020-10-02T08:00:00+02:00');

/** A thing of a unit, noted for the summary of a morning. */
export const noted = (name: string, unit: string, issueAt: Instant = MORNING, dueOn: Day = day('2019-10-15')) =>
  event(LateRecordingNoted, { deadline: id(name), stream: `reply-${id(name)}`, type: 'reply', unit: id(unit), dueOn, issueAt });

export const issued = (board: string, units: readonly string[], { generation = 1, restAt }: { readonly generation?: number; readonly restAt?: Instant } = {}) =>
  event(LateSummaryIssued, {
    reminder: derivedId(owner, generation, id(board)),
    generation,
    role: 'process-owner',
    unit: id(board),
    units: units.map(id),
    dueAt: MORNING,
    ...(restAt !== undefined && { restAt }),
  });
