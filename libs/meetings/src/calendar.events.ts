import { Type } from 'typebox';
import { DayType, eventType, IdType, type EventOf } from '#libs/kernel';

const meeting = IdType('The meeting.');
const board = IdType('The board whose calendar it is.');
const days = {
  on: DayType('The day of the meeting.'),
  stopOn: DayType('The stop day: the last on which a matter can be handed in for it.'),
  papersOn: DayType('The day its papers are to be sent.'),
};
const reason = Type.String({ minLength: 1, maxLength: 2_000, description: 'Why.' });

export const MeetingPlanned = eventType('MeetingPlanned', {
  name: { sv: 'Sammanträde planerat', en: 'Meeting planned' },
  schema: 1,
  data: { meeting, board, ...days },
});

export const MeetingMoved = eventType('MeetingMoved', {
  name: { sv: 'Sammanträde flyttat', en: 'Meeting moved' },
  schema: 1,
  data: {
    meeting,
    board,
    ...days,
    reason,
    correction: Type.Optional(Type.Literal(true, { description: 'The meeting was held on that day all along: what was recorded was wrong.' })),
  },
  label: ({ correction }) => (correction ? { sv: 'Sammanträdesdag rättad', en: 'Day of meeting corrected' } : undefined),
});

export const MeetingCancelled = eventType('MeetingCancelled', {
  name: { sv: 'Sammanträde inställt', en: 'Meeting cancelled' },
  schema: 1,
  data: { meeting, board, reason },
});

/** A step on a matter's way to the board: so many working days before the next step, or on days of its own. */
const preparationStep = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What is done, or who is asked: förvaltningsgrupp.' }),
    workingDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 250, description: 'How many working days before the next step.' })),
    calendar: Type.Optional(Type.Array(DayType('A day on which it can be done.'), { description: 'The days on which it can be done, earliest first.' })),
  },
  { additionalProperties: false },
);

export const PreparationStepsSet = eventType('PreparationStepsSet', {
  name: { sv: 'Beredningssteg fastställda', en: 'Preparation steps set' },
  schema: 1,
  data: { board, steps: Type.Array(preparationStep, { description: 'In their order: the last one leads to the sending of the papers.' }) },
});

/** Everything that can happen to a board’s calendar. */
export type CalendarEvent =
  EventOf<typeof MeetingPlanned> | EventOf<typeof MeetingMoved> | EventOf<typeof MeetingCancelled> | EventOf<typeof PreparationStepsSet>;
