import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, DayField, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, stockholmDay, type Day, type Text } from '#libs/kernel';
import { holdingsOn, organisationThen, registerOf } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { COVERED, ORIGINS, REPORTINGS, type Covered } from './delegation.codes.js';
import { lastDayOf } from './delegation-order.js';
import { delegationsView } from './delegations.view.js';

/** What boards have delegated, to which roles. Delegations of a board that is no more hold through its last day. */
export class ListDelegations extends ListQuery {
  @Id('Only of this board and those whose things it holds.', { optional: true }) board?: string;
  @Code('Only those by which this may be done.', COVERED, 'Covered', { optional: true }) covers?: Covered;
  @Id('Only those that hold for this agreement.', { optional: true }) agreement?: string;
  @DayField('Only those that hold on this day.', { optional: true }) on?: Day;
}

const FurtherType = Type.Object({
  further: IdType('The further delegation.'),
  role: Type.String(),
  unit: IdType('The unit.'),
  unitName: Type.String(),
  from: DayType('First day.'),
  to: Type.Optional(DayType('Last day.')),
});

/** One delegation of the list. */
export const DelegationRow = Type.Object({
  point: IdType('The delegation.'),
  board: IdType('The board that gave it.'),
  boardName: Type.String(),
  number: Type.Optional(Type.String()),
  origin: CodeType(ORIGINS, 'A point of the delegation order, or a decision of its own.'),
  what: Type.String(),
  covers: Type.Array(CodeType(COVERED, 'What may be done by it.')),
  agreement: Type.Optional(IdType('The one agreement that it is about.')),
  role: Type.String(),
  unit: IdType('The unit in which the role is held.'),
  unitName: Type.String(),
  from: DayType('First day.'),
  to: Type.Optional(DayType('Last day.')),
  ended: Type.Optional(Type.String({ description: 'Why it ended: decided, annulled, or board-ended, since a board’s delegations end with it.' })),
  holds: Type.Boolean({ description: 'It holds on the day that is asked about, or today.' }),
  furtherAllowed: Type.Boolean(),
  further: Type.Array(FurtherType),
  reporting: CodeType(REPORTINGS, 'How decisions by it are reported.'),
  appealable: Type.Boolean(),
  meeting: IdType('The meeting at which it was given.'),
  decisionPoint: IdType('The point of its minutes.'),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const delegationColumns = {
  boardName: name('Nämnd', 'Board'),
  number: name('Punkt', 'Point'),
  origin: name('Slag', 'Origin'),
  what: name('Delegation', 'Delegation'),
  role: name('Delegat', 'Delegate'),
  unitName: name('Enhet', 'Unit'),
  from: name('Gäller från', 'Holds from'),
  to: name('Gäller till och med', 'Holds through'),
  ended: name('Upphörde genom', 'Ended by'),
  furtherAllowed: name('Får vidaredelegeras', 'Further delegation allowed'),
  reporting: name('Anmälan', 'Reporting'),
  appealable: name('Kan överklagas', 'Appealable'),
  point: name('Id', 'Id'),
};

export const delegationRowExample = {
  point: '9f8e7d6c-5b4a-4c3d-8e2f-1a0b9c8d7e6f',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Socialnämnden',
  origin: 'special-decision',
  what: 'Att teckna avtalet och revidera överenskommelsen vid behov.',
  covers: ['sign-agreements', 'revise-agreements'],
  agreement: '1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9',
  role: 'head-of-administration',
  unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  unitName: 'Socialförvaltningen',
  from: '2022-06-20',
  holds: true,
  furtherAllowed: false,
  further: [],
  reporting: 'next-meeting',
  appealable: false,
  meeting: '0f6a2d4c-8b1e-4c3f-9a57-2d6e8f0b1c35',
  decisionPoint: '5d2c7b1a-3e4f-4a6d-8c9b-0a1b2c3d4e5f',
};

export const listDelegations = async (
  { board, covers, agreement, on, limit, offset, asOf }: ListDelegations,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const organisation = await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams);
  const register = registerOf(organisation);
  const named = (id: string) => register.unit(id)?.name ?? id;
  const there = [...(organisation.status === 'registered' ? organisation.units.keys() : [])].filter(
    (id) => register.isBoard(id) && register.existsOn(id, on ?? today),
  );
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = any(${holdingsOn(organisation, board, today).board})`,
    covers === undefined ? undefined : sql`covers::jsonb ? ${covers}`,
    agreement === undefined ? undefined : sql`(agreement is null or agreement = ${agreement})`,
    on === undefined ? undefined : sql`from_on <= ${on} and (to_on is null or to_on >= ${on}) and board = any(${there})`,
  );
  const { rows, total } = await views.read(
    tenant,
    (read) => read.list(delegationsView, { where, order: sql`from_on, number collate "sv-SE-x-icu" nulls last, key`, limit, offset }),
    { at },
  );
  const day = on ?? today;
  const items = rows.map((row) => {
    const boardThere = there.includes(row.board);
    return {
      point: row.key,
      board: row.board,
      boardName: named(row.board),
      ...(row.number !== null && { number: row.number }),
      origin: row.origin,
      what: row.what,
      covers: [...row.covers],
      ...(row.agreement !== null && { agreement: row.agreement }),
      role: row.role,
      unit: row.unit,
      unitName: named(row.unit),
      from: row.fromOn,
      ...(row.toOn !== null && { to: row.toOn }),
      ...(row.because !== null ? { ended: row.because } : boardThere ? {} : { ended: 'board-ended' }),
      holds: boardThere && row.fromOn <= day && (row.toOn === null || row.toOn >= day),
      furtherAllowed: row.furtherAllowed,
      further: row.further.map((one) => {
        const last = lastDayOf(one);
        return { further: one.further, role: one.role, unit: one.unit, unitName: named(one.unit), from: one.from, ...(last !== undefined && { to: last }) };
      }),
      reporting: row.reporting,
      appealable: row.appealable,
      meeting: row.meeting,
      decisionPoint: row.point,
    };
  });
  return { total, items };
};
