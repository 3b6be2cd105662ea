import { isDeepStrictEqual } from 'node:util';
import type { Api } from './api.js';
import { ostermalm, tyresö } from './commands.js';
import type { Finding } from './findings.js';
import type { Acknowledged } from './ledger.js';
import type { OwnOrder } from './officer.js';

const CONCURRENCY = 8;

const each = async <T>(items: readonly T[], work: (item: T) => Promise<string[]>): Promise<string[]> => {
  const found: string[] = [];
  const rest = items.values();
  const inTurn = async () => {
    for (const item of rest) found.push(...(await work(item).catch((error: unknown) => [String(error)])));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, inTurn));
  return found;
};

interface Page {
  readonly status: string;
  readonly replacedBy?: string;
  readonly serviceUser: unknown;
  readonly plans: readonly { readonly version: number }[];
  readonly contacts: readonly { readonly note: unknown }[];
}

/** What an order's page must show, in the order of recording: its state, and what is sealed, opened. */
const shown = ({ status, replacedBy, serviceUser, plans, contacts }: Page) => ({
  status,
  replacedBy,
  serviceUser,
  plans: plans.map(({ version }) => version),
  notes: contacts.map(({ note }) => note),
});

const expected = ({ status, replacedBy, name, plans, notes }: OwnOrder) => ({
  status,
  replacedBy,
  serviceUser: { name },
  plans: Array.from({ length: plans }, (_, index) => index + 1),
  notes,
});

/** Every order, read as people read it, shows what its client was told. */
export const auditPages = async (api: Api, orders: readonly OwnOrder[]): Promise<Finding> => {
  const deviations = await each(orders, async (order) => {
    const page = shown(await api.get<Page>(`/api/v1/orders/${order.id}`, order.sender.person));
    return isDeepStrictEqual(page, expected(order)) ? [] : [`order ${order.id}: ${JSON.stringify(page)} and not ${JSON.stringify(expected(order))}`];
  });
  return { what: 'orders that do not show what was told', counted: orders.length, deviations };
};

interface List {
  readonly total: number;
}

/** The lists count what the clients and the log know. @param issued reminders, by municipality */
export const auditLists = async (api: Api, orders: readonly OwnOrder[], issued: ReadonlyMap<string, number>): Promise<Finding> => {
  const deviations: string[] = [];
  for (const { tenant, person } of [ostermalm, tyresö]) {
    const waiting = orders.filter(({ sender, status }) => sender.tenant === tenant && status === 'awaiting-plan').length;
    const awaited = await api.get<List>('/api/v1/awaited-plans?limit=1', person);
    if (awaited.total !== waiting) deviations.push(`${tenant}: ${awaited.total} plans are listed as awaited, and ${waiting} are`);
    const reminders = await api.get<List>('/api/v1/reminders?limit=1', person);
    if (reminders.total !== (issued.get(tenant) ?? 0))
      deviations.push(`${tenant}: ${reminders.total} reminders are listed, and ${issued.get(tenant)} were issued`);
  }
  return { what: 'lists that do not count what there is', counted: 4, deviations };
};

/** Sent again under the same key, every command is answered as it was the first time. */
export const auditRepeats = async (api: Api, acknowledged: readonly Acknowledged[]): Promise<Finding> => {
  const deviations = await each(acknowledged, async ({ sent, id, revision, position }) => {
    const again = await api.send(sent);
    const same = { outcome: 'acknowledged', id, revision, position };
    return isDeepStrictEqual(again, same) ? [] : [`${sent.kind} ${sent.command}: ${JSON.stringify(again)} and not ${JSON.stringify(same)}`];
  });
  return { what: 'repeats answered otherwise', counted: acknowledged.length, deviations };
};
