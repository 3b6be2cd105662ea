import { Type } from 'typebox';
import { within, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { DayType, IdType, InstantType, stockholmDay, type Text } from '#libs/kernel';
import { organisationId, organisationStream } from '#libs/organisation';
import type { Vault } from '#libs/vault';
import { orderPage, type OpenedEvent } from './order-page.js';
import { noSuchOrder } from './order.refusals.js';
import { order } from './order.js';

/** One order, with its sealed parts opened, now or as it was recorded. */
export class OrderById extends Query {
  @Id('The order.') orderId!: string;
}

/**
 * The order's page. It folds the order's own stream, so that it is never behind, and opens what is sealed.
 * @throws Refusal `order.unknown` where there is none, or it is another unit's
 */
export const orderById = async (
  { orderId, asOf }: OrderById,
  { tenant, today, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  vault: Vault,
  executor: Executor,
) => {
  const { state, etag, happened } = await streams.tell(tenant, order, orderId, asOf);
  if (state.status === 'none' || !within(reach, state.unit)) throw noSuchOrder();
  const opened = await vault.open(
    tenant,
    happened.map(({ stored }) => stored.entry),
  );
  const events = happened.map(({ event }) => Object.assign({}, event, { opened: opened.get(event.id) ?? {} }) as OpenedEvent);
  const { state: register } = await executor.reads(tenant).fold(organisationStream, organisationId(tenant));
  const known = register.status === 'registered' ? register : undefined;
  return {
    ...orderPage(state, events, asOf === undefined ? today : stockholmDay(asOf)),
    unit: named(state.unit, known?.units.get(state.unit)?.name),
    provider: named(state.provider, known?.providers.get(state.provider)?.name),
    etag,
  };
};

const named = (id: string, name: string | undefined) => ({ id, ...(name !== undefined && { name }) });

const Named = Type.Object({ id: IdType('The id.'), name: Type.Optional(Type.String()) });
const TextType = Type.Object({ sv: Type.String(), en: Type.String() });

/** What the page of an order holds. A sealed part whose key was destroyed is `{erased: true}`. */
export const OrderOnPage = Type.Object({
  orderId: IdType('The order.'),
  status: Type.String({ description: 'awaiting-plan, received, reviewed, approved or ended.' }),
  unit: Named,
  provider: Named,
  service: Type.String(),
  sentOn: DayType('Day 0 of the fifteen.'),
  serviceUser: Type.Unknown({ description: 'Name, and personnummer where it is known.' }),
  goals: Type.Array(Type.Object({ goal: IdType('The goal.'), overall: Type.Optional(Type.String()), wording: Type.Optional(Type.Unknown()) })),
  plans: Type.Array(Type.Object({}, { additionalProperties: true }), { description: 'Each plan with its reception, reviews, return and approval.' }),
  contacts: Type.Array(Type.Object({}, { additionalProperties: true })),
  awaited: Type.Optional(
    Type.Object({
      deadline: IdType('The deadline.'),
      dueOn: DayType('The last day that is on time.'),
      why: TextType,
      status: Type.String({ description: 'open, missed, met or closed.' }),
      late: Type.Boolean(),
      daysLate: Type.Integer(),
      missedAt: Type.Optional(InstantType('The first moment after the due day.')),
      metOn: Type.Optional(DayType('The day it came.')),
      nextReminderOn: Type.Optional(DayType('The day of the next reminder.')),
    }),
  ),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

const why: Text = { sv: 'dag 15 är fredag 16 oktober 2020', en: 'day 15 is Friday 16 October 2020' };

/** An order as the API description shows it. */
export const orderExample = (orderId: string) => ({
  orderId,
  status: 'awaiting-plan',
  unit: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Stöd- och serviceenheten, Östermalm' },
  provider: { id: '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90', name: 'Eftermiddagen korttidstillsyn' },
  service: 'short-term-supervision',
  sentOn: '2020-10-01',
  serviceUser: { name: 'Elev Exempel' },
  goals: [{ goal: '5b0e8c7d-1f2a-4d3b-9c6e-7a8b9c0d1e2f', wording: 'Jag vill kunna laga mellanmål själv.' }],
  plans: [],
  contacts: [],
  awaited: {
    deadline: '2c4b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c',
    dueOn: '2020-10-16',
    why,
    status: 'open',
    late: false,
    daysLate: 0,
    nextReminderOn: '2020-10-09',
  },
  etag: 0,
});
