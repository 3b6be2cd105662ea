import { Type } from 'typebox';
import { asks, routes } from '#libs/http';
import { IdType, InstantType, type Text } from '#libs/kernel';
import { SearchTrail } from './search-trail.js';

const name = (sv: string, en: string): Text => ({ sv, en });

/** One entry of the trail. Personal parts are not in it: they are read from the object, by whoever may. */
export const TrailRow = Type.Object({
  position: Type.String({ description: 'Its place in the log.' }),
  number: Type.Integer({ description: 'Counted within the municipality, from 0.' }),
  label: Type.Object({ sv: Type.String(), en: Type.String() }, { description: 'What people call what happened.' }),
  stream: Type.String({ description: 'The object: its kind and id.' }),
  rev: Type.Integer(),
  type: Type.String(),
  schema: Type.Integer(),
  at: InstantType('When it was recorded.'),
  recorded: InstantType('What asOf goes by: never earlier than of any entry before it.'),
  actor: Type.String(),
  role: Type.String(),
  unit: IdType('The unit in which the role is held.'),
  inSteadOf: Type.Union([Type.String(), Type.Null()]),
  corr: Type.String(),
  caus: Type.Union([Type.String(), Type.Null()]),
  id: IdType('The event.'),
  cmd: IdType('The command that decided it.'),
  basis: Type.Array(Type.String()),
  data: Type.Object({}, { additionalProperties: true }),
});

/** The trail as a file: its columns in their order. */
export const trailColumns = {
  number: name('Nr', 'No.'),
  recorded: name('Registrerad', 'Recorded'),
  what: name('Händelse', 'Event'),
  type: name('Typ', 'Type'),
  stream: name('Objekt', 'Object'),
  rev: name('Revision', 'Revision'),
  actor: name('Vem', 'Who'),
  role: name('Roll', 'Role'),
  unit: name('Enhet', 'Unit'),
  id: name('Id', 'Id'),
  facts: name('Uppgifter', 'Facts'),
};

export const trailExample = {
  position: '41',
  number: 40,
  label: { sv: 'Genomförandeplan försenad', en: 'Genomförandeplan late' },
  stream: 'order-3f6c1d52-7a4e-4c19-8d2b-6e0f9a7b5c31',
  rev: 4,
  type: 'DeadlineMissed',
  schema: 1,
  at: '2020-10-16T22:00:00.000Z',
  recorded: '2020-10-16T22:00:00.000Z',
  actor: 'timers',
  role: 'system',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  inSteadOf: null,
  corr: '4bf92f3577b34da6a3ce929d0e0e4736',
  caus: '6a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  id: '7b2c3d4e-5f6a-4b7c-9d8e-0f1a2b3c4d5e',
  cmd: '8c3d4e5f-6a7b-4c8d-8e9f-1a2b3c4d5e6f',
  basis: [],
  data: { deadline: '2c4b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c', dueOn: '2020-10-16', missedAt: '2020-10-16T22:00:00.000Z' },
};

/** The audit trail under `/trail`. */
export const TrailController = routes('trail', 'Audit trail', [
  asks('', SearchTrail, {
    summary: 'Search everything that was recorded, newest first',
    description:
      'All that is given must hold. Words are found in every form, with or without å, ä and ö. The total is counted to 1000; `more` says that there are more. `cursor` goes on where an answer ended.',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
]);
