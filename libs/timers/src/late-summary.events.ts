import { Type } from 'typebox';
import { DayType, eventType, IdType, InstantType, type EventOf } from '#libs/kernel';
import { RoleCode, TypeCode } from './deadline-plan.js';

const generation = Type.Integer({ minimum: 1, description: 'Which time summaries are issued: a knock of an older one does nothing.' });

export const LateRecordingNoted = eventType('LateRecordingNoted', {
  name: { sv: 'Redan försenat när det registrerades', en: 'Late already when it was recorded' },
  schema: 1,
  byTimer: true,
  data: {
    deadline: IdType('The deadline whose day had passed when it was set or moved.'),
    stream: Type.String({ pattern: '^[a-z][a-z-]*-[0-9a-f-]{36}$', maxLength: 100, description: 'What it is of: reply-<id>.' }),
    type: TypeCode,
    unit: IdType('The unit or board whose roles are reminded.'),
    dueOn: DayType('The due day.'),
    issueAt: InstantType('When the summary that tells of it is to be issued.'),
  },
});

export const LateSummaryIssued = eventType('LateSummaryIssued', {
  name: { sv: 'Sammanställning av det som registrerats i efterhand utfärdad', en: 'Summary of what was recorded late issued' },
  schema: 1,
  byTimer: true,
  data: {
    reminder: IdType('The summary: UUIDv5 of stream, generation and board. Its mail carries it as Message-ID.'),
    generation,
    role: RoleCode,
    unit: IdType('The board, or the unit outside every board, in which the role is told.'),
    units: Type.Array(IdType('A unit or board.'), { minItems: 1, description: 'It tells of what was noted of these since the summary before.' }),
    dueAt: InstantType('The moment at which it was to be issued.'),
    restAt: Type.Optional(InstantType('When summaries for more boards than fit into one go are to be issued.')),
  },
});

/** Everything that can happen to the summaries of a municipality. */
export type LateSummaryEvent = EventOf<typeof LateRecordingNoted> | EventOf<typeof LateSummaryIssued>;
