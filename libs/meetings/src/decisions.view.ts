import { never } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import type { DecidedKind, Outcome } from './meeting.codes.js';
import * as events from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';

const { ParagraphRecorded, ParagraphCorrected, MinutesApproved, DecisionAnnulled, RecordedDayCorrected } = events;
type Told = Extract<MeetingEvent, { type: 'ParagraphRecorded' | 'ParagraphCorrected' | 'MinutesApproved' | 'DecisionAnnulled' | 'RecordedDayCorrected' }>;

/** One row per point that a board decided. Meeting and paragraph have rows of their own, and what is theirs is read from there. */
export const decisionsView = rowView({
  name: 'decisions',
  version: 1,
  columns: {
    meeting: col.uuid(),
    paragraph: col.uuid(),
    /** Its place among the points of its paragraph, from 1. */
    place: col.int(),
    text: col.text(),
    outcome: col.text<Outcome>(),
    objectKind: col.optional(col.text<DecidedKind>()),
    object: col.optional(col.uuid()),
    objectVersion: col.optional(col.text()),
    atOnce: col.bool(),
    /** Approvals of this point alone, by their numbers; their days stand in the meeting's row. */
    approvals: col.json<readonly number[]>(),
    annulledOn: col.optional(col.day()),
    court: col.optional(col.text()),
  },
  reads: [ParagraphRecorded, ParagraphCorrected, MinutesApproved, DecisionAnnulled, RecordedDayCorrected],
  keys: (event) => {
    const { type, data } = event as Told;
    switch (type) {
      case 'ParagraphRecorded':
      case 'ParagraphCorrected':
        return data.points.map(({ point }) => point);
      case 'MinutesApproved':
        return data.points ?? [];
      case 'DecisionAnnulled':
        return data.point;
      case 'RecordedDayCorrected':
        return data.fact === 'decision-annulled' ? (data.point ?? []) : [];
      default:
        return never(type);
    }
  },
  during: ['meeting'],
  indexes: [['meeting'], ['paragraph'], ['object']],
  fold: (row, event, key) => {
    const { type, data } = event as Told;
    switch (type) {
      case 'ParagraphRecorded':
      case 'ParagraphCorrected': {
        const place = data.points.findIndex(({ point }) => point === key);
        const { text, outcome, object, atOnce = false } = data.points[place]!;
        const about = { objectKind: object?.kind ?? null, object: object?.id ?? null, objectVersion: object?.version ?? null };
        const { meeting, paragraph } = data;
        return { ...(row ?? { approvals: [], annulledOn: null, court: null }), meeting, paragraph, place: place + 1, text, outcome, ...about, atOnce };
      }
      case 'MinutesApproved':
        return row && { ...row, approvals: [...row.approvals, data.approval] };
      case 'DecisionAnnulled':
        return row && { ...row, annulledOn: data.on, court: data.court };
      case 'RecordedDayCorrected':
        return row && { ...row, annulledOn: data.to };
      default:
        return never(type);
    }
  },
});
