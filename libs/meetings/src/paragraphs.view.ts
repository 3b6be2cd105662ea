import { never, type Day } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import * as events from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';
import { undispatched, type Recipient } from './meeting.js';

/** A registry number as it is searched: however people write its spaces, dashes and capitals. */
export const registryKey = (written: string): string =>
  written
    .toLocaleLowerCase('sv')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[\u2010-\u2015]/gu, '-');

const { ParagraphRecorded, ParagraphCorrected, MinutesApproved, DecisionDispatched, DecisionServed, RecordedDayCorrected } = events;
const reads = [ParagraphRecorded, ParagraphCorrected, MinutesApproved, DecisionDispatched, DecisionServed, RecordedDayCorrected];
type Told = Extract<
  MeetingEvent,
  { type: 'ParagraphRecorded' | 'ParagraphCorrected' | 'MinutesApproved' | 'DecisionDispatched' | 'DecisionServed' | 'RecordedDayCorrected' }
>;

interface Sent {
  readonly dispatchTo: readonly Recipient[];
  readonly dispatches: readonly { readonly to: readonly Recipient[]; readonly on: Day }[];
}
/** What follows from whom it is to go to and whom it went to. */
const sent = ({ dispatchTo, dispatches }: Sent) => ({
  dispatchTo,
  dispatches,
  undispatched: undispatched({ dispatchTo, dispatches }).length,
  dispatchedOn: dispatches.map(({ on }) => on).toSorted()[0] ?? null,
});

/** One row per paragraph of a meeting's minutes: what it is about, and whom it went to. What its points decided stands in `decisions`. */
export const paragraphsView = rowView({
  name: 'paragraphs',
  version: 1,
  columns: {
    meeting: col.uuid(),
    number: col.text(),
    title: col.text(),
    registryNumber: col.optional(col.text()),
    registryKey: col.optional(col.text()),
    patternKnown: col.optional(col.bool()),
    reservations: col.int(),
    /** Approvals of this paragraph alone, by their numbers; their days stand in the meeting's row. */
    approvals: col.json<readonly number[]>(),
    dispatchTo: col.json<readonly Recipient[]>(),
    /** To how many of these it has not been dispatched. */
    undispatched: col.int(),
    /** The first day on which it was dispatched to anybody. */
    dispatchedOn: col.optional(col.day()),
    dispatches: col.json<readonly { readonly to: readonly Recipient[]; readonly on: Day }[]>(),
    served: col.json<readonly { readonly to: string; readonly on: Day }[]>(),
  },
  reads,
  keys: (event) => {
    const { type, data } = event as Told;
    if (type === 'MinutesApproved') return data.paragraphs ?? [];
    return data.paragraph ?? [];
  },
  during: ['meeting'],
  indexes: [['meeting'], ['registryKey']],
  fold: (row, event) => {
    const { type, data } = event as Told;
    switch (type) {
      case 'ParagraphRecorded':
      case 'ParagraphCorrected': {
        const { meeting, number, title, registryNumber, patternKnown = null, reservations = [], dispatchTo = [] } = data;
        return {
          ...(row ?? { approvals: [], served: [] }),
          meeting,
          number,
          title,
          registryNumber: registryNumber ?? null,
          registryKey: registryNumber === undefined ? null : registryKey(registryNumber),
          patternKnown,
          reservations: reservations.length,
          ...sent({ dispatchTo, dispatches: row?.dispatches ?? [] }),
        };
      }
      case 'MinutesApproved':
        return row && { ...row, approvals: [...row.approvals, data.approval] };
      case 'DecisionDispatched':
        return row && { ...row, ...sent({ ...row, dispatches: [...row.dispatches, { to: data.to, on: data.on }] }) };
      case 'DecisionServed':
        return row && { ...row, served: [...row.served, { to: data.to, on: data.on }] };
      case 'RecordedDayCorrected': {
        const { fact, from, to } = data;
        const instead = <T extends { readonly on: Day }>(one: T): T => (one.on === from ? { ...one, on: to } : one);
        if (fact === 'decision-dispatched') return row && { ...row, ...sent({ ...row, dispatches: row.dispatches.map(instead) }) };
        return fact === 'decision-served' ? row && { ...row, served: row.served.map(instead) } : row;
      }
      default:
        return never(type);
    }
  },
});
