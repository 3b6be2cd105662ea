import { derivedId, type Day } from '#libs/kernel';
import { sampleId } from '#libs/samples';

/** What clients ask for, by the event that it must record exactly once. */
export const EFFECTS = {
  order: 'ServiceOrderSent',
  replacement: 'ServiceOrderSent',
  plan: 'GenomförandeplanReceived',
  review: 'GenomförandeplanReviewed',
  return: 'GenomförandeplanReturned',
  approval: 'GenomförandeplanApproved',
  note: 'ContactNoted',
} as const;
export type Kind = keyof typeof EFFECTS;

/** Who sends, for which municipality. */
export interface Sender {
  readonly tenant: string;
  readonly person: string;
  readonly provider: string;
}

const sender = (tenant: string, person: string, provider: string): Sender => ({
  tenant,
  person: sampleId('person', person),
  provider: sampleId('provider', provider),
});
/** Case officers of units in which somebody holds every role that is reminded. */
export const ostermalm = sender('stockholm', 'ostermalm-officer', 'fritids');
export const tyresö = sender('tyreso', 'tyreso-officer', 'ang');

/** One command as it is sent, and sent again: the same key, address and body. */
export interface Sent {
  readonly kind: Kind;
  readonly tenant: string;
  readonly person: string;
  readonly key: string;
  /** The id that the log knows it by: it follows from tenant, person and key. */
  readonly command: string;
  /** The order that it concerns: of a new one, the id that it will have. */
  readonly order: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const sent = ({ tenant, person }: Sender, key: string, kind: Kind, path: string, body: Sent['body'], order?: string): Sent => {
  const command = derivedId(tenant, person, key);
  return { kind, tenant, person, key, command, order: order ?? derivedId(command, 'order'), path: `/api/v1/orders${path}`, body };
};

interface NewOrder {
  readonly name: string;
  readonly sentOn: Day;
  /** Its id, where the sender chooses it. */
  readonly order?: string;
  readonly replaces?: string;
}

export const sendOrder = (by: Sender, key: string, { name, sentOn, order, replaces }: NewOrder): Sent => {
  const body = {
    ...(order !== undefined && { orderId: order }),
    provider: by.provider,
    service: 'short-term-supervision',
    sentOn,
    overallGoals: ['participation'],
    subGoals: [{ wording: `Delmål för ${name}` }],
    serviceUser: { name },
    ...(replaces !== undefined && { replaces }),
  };
  return sent(by, key, replaces === undefined ? 'order' : 'replacement', '', body, order);
};

const on = (by: Sender, key: string, kind: Kind, order: string, path: string, body: Sent['body']) => sent(by, key, kind, `/${order}/${path}`, body, order);

export const receivePlan = (by: Sender, key: string, order: string, arrivedOn: Day, sha256: string): Sent =>
  on(by, key, 'plan', order, 'genomforandeplan', { arrivedOn, arrival: 'reached-office', document: { sha256, reference: `Journal ${sha256.slice(0, 8)}` } });

export const reviewPlan = (by: Sender, key: string, order: string, version: number, clear: boolean): Sent => {
  const goals = [
    { goal: derivedId(order, 'overall', 0), outcome: 'covered' },
    { goal: derivedId(order, 'sub', 0), outcome: clear ? 'covered' : 'unclear' },
  ];
  return on(by, key, 'review', order, 'reviews', { version, goals, canBeFollowedUp: clear });
};

export const returnPlan = (by: Sender, key: string, order: string, version: number, returnedOn: Day, awaitedOn: Day): Sent =>
  on(by, key, 'return', order, 'returns', { version, returnedOn, awaitedOn });

export const approvePlan = (by: Sender, key: string, order: string, version: number, approvedOn: Day): Sent =>
  on(by, key, 'approval', order, 'approvals', { version, approvedOn });

export const noteContact = (by: Sender, key: string, order: string, contactedOn: Day, note: string): Sent =>
  on(by, key, 'note', order, 'contact-notes', { contact: 'provider', contactedOn, note });
