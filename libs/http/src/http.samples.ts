import { Readable } from 'node:stream';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Type as Schema } from 'typebox';
import { answers, Commands, Executor, handles, ofTenant, ofUnit, Queries, type Need } from '#libs/commands';
import { DayField, FreeText, Id, Int, ListQuery, Query, Sha256 } from '#libs/fields';
import {
  DayType,
  derivedId,
  event,
  eventType,
  forbidden,
  IdType,
  InstantType,
  never,
  unknown,
  type Day,
  type Decide,
  type EventOf,
  type Stream,
} from '#libs/kernel';
import { asks, does, doesEach, Download, People, routes, uploads, type FoundPerson, type KnownPerson } from './index.js';

// A small city of one kind of order, with a route of every sort: what the specs ask over HTTP.

export const UNIT = '0b5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';
export const OTHER_UNIT = '1c5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';
export const ANNA = '2d5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';
export const BO = '3e5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';
export const CAJSA = '4f5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';
export const DAG = '5a5e8a3e-6f0e-4c5e-9d0a-4f6f5a0c1d2e';

const from = '2020-01-01' as Day;
const PERSONS: readonly KnownPerson[] = [
  { tenant: 'stad', person: ANNA, roles: [{ role: 'case-officer', unit: UNIT, from }] },
  {
    tenant: 'stad',
    person: BO,
    roles: [
      { role: 'case-officer', unit: OTHER_UNIT, from },
      { role: 'auditor', unit: UNIT, from, to: '2099-12-31' as Day },
    ],
  },
  { tenant: 'annan', person: CAJSA, roles: [{ role: 'case-officer', unit: UNIT, from }] },
  { tenant: 'stad', person: DAG, roles: [{ role: 'case-officer', unit: UNIT, from, to: '2021-12-31' as Day }] },
];

export class SamplePeople extends People {
  override find(person: string): Promise<FoundPerson | undefined> {
    const known = PERSONS.find((one) => one.person === person);
    return Promise.resolve(known && { ...known, holdings: (unit) => ({ unit: [unit], board: [unit] }) });
  }
}

const OrderSent = eventType('OrderSent', {
  name: { sv: 'Beställning skickad', en: 'Order sent' },
  schema: 1,
  data: { orderId: IdType('It.'), unit: IdType('Whose.'), name: Schema.String() },
});
const OrderRenamed = eventType('OrderRenamed', { name: { sv: 'Beställning omdöpt', en: 'Order renamed' }, schema: 1, data: { name: Schema.String() } });
const OrderEnded = eventType('OrderEnded', { name: { sv: 'Beställning avslutad', en: 'Order ended' }, schema: 1, data: { endedOn: Schema.String() } });
type SampleEvent = EventOf<typeof OrderSent> | EventOf<typeof OrderRenamed> | EventOf<typeof OrderEnded>;
type Order = { readonly status: 'none' } | { readonly status: 'sent' | 'ended'; readonly unit: string; readonly name: string };
const FileStored = eventType('FileStored', { name: { sv: 'Fil sparad', en: 'File stored' }, schema: 1, data: { name: Schema.String() } });
export const sampleEvents = [OrderSent, OrderRenamed, OrderEnded, FileStored];

const orders: Stream<Order, SampleEvent> = {
  name: 'order',
  events: sampleEvents,
  initial: { status: 'none' },
  evolve: (state, said) => {
    switch (said.type) {
      case 'OrderSent':
        return { status: 'sent', unit: said.data.unit, name: said.data.name };
      case 'OrderRenamed':
        return state.status === 'none' ? state : { ...state, name: said.data.name };
      case 'OrderEnded':
        return state.status === 'none' ? state : { ...state, status: 'ended' };
      default:
        return never(said);
    }
  },
};

class SendOrder {
  @FreeText('What it is called.', { max: 20 }) name!: string;
}
const sendOrder: Decide<SendOrder, Order, SampleEvent> = ({ name }, _order, { id, by }) => [event(OrderSent, { orderId: id, unit: by.unit, name })];

/** While held, commands that end an order stand still. */
export const gate = { held: Promise.resolve(), entered: 0, fault: undefined as Error | undefined };
const passed: Need<object, undefined> = async () => {
  gate.entered++;
  await gate.held;
  if (gate.fault) throw gate.fault;
  return { value: undefined };
};

class EndGenomförande {
  @Id('The order.') orderId!: string;
  @DayField('Its last day.') endedOn!: Day;
  @FreeText('Why.', { max: 100, optional: true }) note?: string;
}
const endOrder: Decide<EndGenomförande, Order, SampleEvent> = ({ endedOn }, { status }) => {
  if (status === 'none') throw unknown('order.unknown', { sv: 'Beställningen finns inte.', en: 'There is no such order.' });
  if (status === 'ended') throw forbidden('order.ended', { sv: 'Beställningen är redan avslutad.', en: 'The order has ended already.' }, '/endedOn');
  return [event(OrderEnded, { endedOn })];
};

class RenameOrder {
  @Id('The order.') orderId!: string;
  @FreeText('What it is to be called.', { max: 20 }) name!: string;
}
const renameOrder: Decide<RenameOrder, Order, SampleEvent> = ({ name }, order) =>
  order.status !== 'none' && order.name === name ? [] : [event(OrderRenamed, { name })];

type FileState = { readonly status: 'none' | 'stored' };
const files: Stream<FileState, EventOf<typeof FileStored>> = {
  name: 'file',
  events: [FileStored],
  initial: { status: 'none' },
  evolve: () => ({ status: 'stored' }),
};
class StoreFile {
  @Sha256('Of its bytes.') sha256!: string;
  @Int('In bytes.', { min: 1 }) size!: number;
  @FreeText('What it is.', { max: 100 }) mediaType!: string;
  @FreeText('What it is called.', { max: 40 }) name!: string;
}
const storeFile: Decide<StoreFile, FileState, EventOf<typeof FileStored>> = ({ name }, { status }) => {
  if (name.includes('/')) throw forbidden('file.is-a-path', { sv: 'Skriv bara namnet.', en: 'Write the name alone.' }, '/name');
  return status === 'none' ? [event(FileStored, { name })] : [];
};
const storedFile = { sha256: 'ab'.repeat(32), size: 3, mediaType: 'text/plain', name: 'möte.txt' };

class GetFile extends Query {
  @Sha256('Of its bytes.') sha256!: string;
}

class GetOrder extends Query {
  @Id('The order.') orderId!: string;
}
class ListOrders extends ListQuery {
  @FreeText('Part of the name.', { max: 20, optional: true }) name?: string;
}
class OrderReport extends Query {}

/** The names of some begin as formulas do, or hold what no file of XML can. */
const NAMES = ['=1+1', '@SUM(A1)', '-2', '+46 8 508', 'Klar\u0007'];
const row = (n: number) => ({
  name: NAMES[n] ?? `Order ${n}; "ö"`,
  late: n % 2 === 0,
  ...(n % 3 !== 1 && { dueOn: n === 2 ? '1900-02-28' : '2020-10-16', count: n }),
  sentAt: '2020-10-01T06:30:00.000Z',
});

const OrderRoutes = routes('orders', 'Orders', [
  does('POST', '', SendOrder, { status: 201, summary: 'An order is sent', example: { name: 'Kontaktperson' } }),
  does('POST', ':orderId/genomforande', EndGenomförande, { summary: 'The genomförande has ended', example: { endedOn: '2026-11-20' } }),
  doesEach('endings', EndGenomförande, {
    summary: 'Many have ended',
    max: 40,
    example: [{ orderId: '0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b', endedOn: '2026-11-20' }],
  }),
  does('PUT', ':orderId/name', RenameOrder, { summary: 'It is called something else', ifMatch: 'required', example: { name: 'Ledsagning' } }),
  asks(':orderId', GetOrder, {
    summary: 'One order',
    answer: Schema.Object({ name: Schema.String(), etag: Schema.Integer() }),
    example: { name: 'Kontaktperson', etag: 3 },
  }),
  asks('', ListOrders, {
    summary: 'Orders',
    answer: Schema.Object({
      name: Schema.String(),
      late: Schema.Boolean(),
      dueOn: Schema.Optional(DayType('Due.')),
      count: Schema.Optional(Schema.Integer()),
      sentAt: InstantType('Sent.'),
    }),
    example: { name: 'Kontaktperson', late: false, dueOn: '2020-10-16', count: 1, sentAt: '2020-10-01T06:30:00.000Z' },
    columns: {
      name: { sv: 'Namn', en: 'Name' },
      late: { sv: 'Försenad', en: 'Late' },
      dueOn: { sv: 'Sista dag', en: 'Due' },
      count: { sv: 'Antal', en: 'Number' },
      sentAt: { sv: 'Skickad', en: 'Sent' },
    },
  }),
  asks('report', OrderReport, { summary: 'A report', answer: Schema.String(), example: {} }),
]);

const FileRoutes = routes('files', 'Files', [
  uploads('', StoreFile, {
    summary: 'A file is kept',
    takes: { 'text/plain': (bytes) => !bytes.includes(0), 'application/pdf': (bytes) => bytes.toString('latin1').startsWith('%PDF-') },
    example: storedFile,
    location: (sha256) => `files/${sha256}`,
  }),
  asks(':sha256', GetFile, { summary: 'A file', answer: Schema.String(), example: {}, files: ['text/plain', 'application/pdf'] }),
]);

const may = [ofUnit('case-officer'), ofTenant('auditor')];
const unit = (order: Order) => (order.status === 'none' ? undefined : order.unit);

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [OrderRoutes, FileRoutes],
  providers: [
    Commands,
    Queries,
    handles(SendOrder, { of: orders, id: (_, { commandId }) => derivedId(commandId, 'order'), may, decide: sendOrder }),
    handles(EndGenomförande, { of: orders, id: (c) => c.orderId, may: [ofUnit('case-officer')], unit, needs: { passed }, decide: endOrder }),
    handles(RenameOrder, { of: orders, id: (c) => c.orderId, may, unit, decide: renameOrder }),
    handles(StoreFile, { of: files, id: (c, { tenant }) => derivedId(tenant, c.sha256), may: [ofUnit('case-officer')], decide: storeFile }),
    answers(GetFile, {
      may,
      from: [Executor],
      answer: ({ sha256 }) => Promise.resolve(new Download('text/plain', 'möte.txt', Readable.from([Buffer.from('möte')]), { size: 5, etag: sha256 })),
    }),
    answers(GetOrder, {
      may,
      from: [Executor],
      answer: async ({ orderId }, { tenant }, executor) => {
        const { state, etag } = await executor.reads(tenant).fold(orders, orderId);
        if (state.status === 'none') throw unknown('order.unknown', { sv: 'Beställningen finns inte.', en: 'There is no such order.' });
        return { name: state.name, etag };
      },
    }),
    answers(ListOrders, {
      may,
      from: [Executor],
      answer: ({ limit, offset, name }) => {
        const total = name === 'all' ? 20_000 : 205;
        return Promise.resolve({ total, items: Array.from({ length: Math.min(limit, total - offset) }, (_, n) => row(n + offset)) });
      },
    }),
    answers(OrderReport, { may, from: [Executor], answer: () => Promise.resolve(new Download('application/pdf', 'report.pdf', Buffer.from('%PDF'))) }),
  ],
  exports: [Commands, Queries],
})
export class SampleModule {}
