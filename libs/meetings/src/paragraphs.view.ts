import { never, type Day } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import * as events from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';
import type { Recipient } from './meeting.js';

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
          ...(row ?? { approvals: [], dispatches: [], served: [] }),
          meeting,
          number,
          title,
          registryNumber: registryNumber ?? null,
          registryKey: registryNumber === undefined ? null : registryKey(registryNumber),
          patternKnown,
          reservations: reservations.length,
          dispatchTo,
        };
      }
      case 'MinutesApproved':
        return row && { ...row, approvals: [...row.approvals, data.approval] };
      case 'DecisionDispatched':
        return row && { ...row, dispatches: [...row.dispatches, { to: data.to, on: data.on }] };
      case 'DecisionServed':
        return row && { ...row, served: [...row.served, { to: data.to, on: data.on }] };
      case 'RecordedDayCorrected': {
        const { fact, from, to } = data;
        const instead = <T extends { readonly on: Day }>(one: T): T => (one.on === from ? { ...one, on: to } : one);
        if (fact === 'decision-dispatched') return row && { ...row, dispatches: row.dispatches.map(instead) };
        return fact === 'decision-served' ? row && { ...row, served: row.served.map(instead) } : row;
      }
      default:
        return never(type);
    }
  },
});
