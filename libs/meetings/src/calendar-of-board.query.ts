import { Type } from 'typebox';
import { within, type Asking, type Moments, type Reach, type Streams } from '#libs/commands';
import { Id, Int, ListQuery, Query } from '#libs/fields';
import { DayType, day, IdType, stockholmDay, unknown } from '#libs/kernel';
import { all, sql, type Views } from '#libs/views';
import { calendar, calendarId } from './calendar.js';
import { meetingRows } from './list-meetings.query.js';
import { meetingsView } from './meetings.view.js';

/** A board's meetings of a year, in their order, cancelled ones among them. */
export class CalendarOfBoard extends ListQuery {
  @Id('The board.') board!: string;
  @Int('The year; every year where left out.', { min: 1900, max: 2199, optional: true }) year?: number;
}

/** The steps by which matters come to a board. */
export class PreparationSteps extends Query {
  @Id('The board.') board!: string;
}

/** What the steps of a board look like. */
export const StepsOfBoard = Type.Object({
  board: IdType('The board.'),
  steps: Type.Array(
    Type.Object({
      name: Type.String(),
      workingDays: Type.Optional(Type.Integer({ description: 'How many working days before the next step.' })),
      calendar: Type.Optional(Type.Array(DayType('A day on which it can be done.'))),
    }),
    { description: 'In their order: the last one leads to the sending of the papers.' },
  ),
  etag: Type.Integer({ description: 'What If-Match takes, for everything in the calendar.' }),
});

export const stepsExample = {
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  steps: [
    { name: 'Tjänsteutlåtande', workingDays: 15 },
    { name: 'Förvaltningsgrupp', calendar: ['2022-05-11', '2022-06-08'] },
  ],
  etag: 4,
};

const notYours = () =>
  unknown('calendar.unknown', {
    sv: 'Det finns ingen sådan kalender här, eller så hör den till en annan nämnd.',
    en: 'There is no such calendar here, or it belongs to another board.',
  });

export const calendarOfBoard = async (
  { board, year, limit, offset, asOf }: CalendarOfBoard,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  if (!within(reach, board)) throw notYours();
  const at = asOf && (await moments.positionAt(tenant, asOf));
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const [first, last] = year === undefined ? [] : [day(`${year}-01-01`), day(`${year}-12-31`)];
  const where = all(sql`board = ${board} and meetings.kind = 'meeting'`, first === undefined ? undefined : sql`"on" between ${first} and ${last}`);
  return views.read(
    tenant,
    async (read) => ({
      total: await read.count(meetingsView, where),
      items: await meetingRows(read, { where, order: sql`"on", meetings.key`, limit, offset }, today),
    }),
    { at },
  );
};

/** The steps, from the calendar's own stream, so that they are never behind. */
export const preparationSteps = async ({ board, asOf }: PreparationSteps, { tenant, reach }: Asking & { readonly reach: Reach }, streams: Streams) => {
  if (!within(reach, board)) throw notYours();
  const { state, etag } = await streams.tell(tenant, calendar, calendarId(tenant, board), asOf);
  return { board, steps: state.status === 'kept' ? state.steps : [], etag };
};
