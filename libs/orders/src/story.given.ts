import { day, derivedId } from '#libs/kernel';
import { CancelServiceOrder } from './cancel-service-order.js';
import { id, who, type SmallCity } from './city.given.js';
import { CorrectAwaitedDay } from './correct-awaited-day.js';
import { CorrectProvider } from './correct-provider.js';
import { CorrectSentDay } from './correct-sent-day.js';
import { NoteContact } from './note-contact.js';
import { ReceiveGenomförandeplan } from './receive-genomforandeplan.js';
import { ReturnGenomförandeplan } from './return-genomforandeplan.js';
import { ReviewGenomförandeplan } from './review-genomforandeplan.js';
import { SendServiceOrder } from './send-service-order.js';

// Four orders of two units, and what happens to them in October 2020.

export const officer = who('case-officer', 'Östermalm');
export const manager = who('unit-manager', 'Norrmalm');
export const neighbour = who('case-officer', 'Norrmalm');

export const A = id('A');
export const B = id('B');
export const C = id('C');
export const D = id('D');

export const sends = (city: SmallCity, orderId: string, sentOn: string, provider: string, by = officer, tenant?: string) =>
  city.send(
    new SendServiceOrder(),
    {
      orderId,
      provider: id(provider),
      service: 'short-term-supervision',
      sentOn: day(sentOn),
      overallGoals: ['participation'],
      subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv.' }],
      serviceUser: { name: 'Alva Exempel' },
    },
    by,
    tenant,
  );
/** A small story: who did what, and when. */
export const story = (city: SmallCity): readonly (readonly [string, () => Promise<unknown>])[] => [
  ['2020-10-01T08:00:00.000Z', () => sends(city, A, '2020-10-01', 'Fritids')],
  ['2020-10-05T08:00:00.000Z', () => sends(city, B, '2020-10-05', 'Skolan')],
  ['2020-10-06T08:00:00.000Z', () => sends(city, C, '2020-09-18', 'Fritids', neighbour)], // entered late: overdue at once
  ['2020-10-06T09:00:00.000Z', () => sends(city, D, '2020-10-05', 'Skolan', neighbour)],
  [
    '2020-10-09T08:00:00.000Z',
    () =>
      city.send(
        new ReceiveGenomförandeplan(),
        { orderId: A, arrivedOn: day('2020-10-09'), arrival: 'reached-office', document: { sha256: 'a'.repeat(64), reference: 'Journal 9/10' } },
        officer,
      ),
  ],
  [
    '2020-10-12T08:00:00.000Z',
    () => {
      const goals = ['overall', 'sub'].map((kind) => ({ goal: derivedId(A, kind, 0), outcome: 'unclear' as const }));
      return city.send(new ReviewGenomförandeplan(), { orderId: A, version: 1, goals, canBeFollowedUp: true, note: 'Otydligt.' }, officer);
    },
  ],
  [
    '2020-10-12T08:10:00.000Z',
    () => city.send(new ReturnGenomförandeplan(), { orderId: A, version: 1, returnedOn: day('2020-10-12'), awaitedOn: day('2020-10-26') }, officer),
  ],
  ['2020-10-13T08:00:00.000Z', () => city.send(new CorrectSentDay(), { orderId: B, sentOn: day('2020-10-02'), reason: 'mistyped' }, officer)],
  ['2020-10-14T08:00:00.000Z', () => city.send(new CorrectProvider(), { orderId: C, provider: id('Skolan'), reason: 'mistyped' }, manager)],
  [
    '2020-10-15T08:00:00.000Z',
    () => city.send(new NoteContact(), { orderId: A, contact: 'provider', contactedOn: day('2020-10-15'), note: 'Ringde om delmålet.' }, officer),
  ],
  ['2020-10-21T08:00:00.000Z', () => city.send(new CancelServiceOrder(), { orderId: B, cancelledOn: day('2020-10-20'), reason: 'moved' }, officer)],
  ['2020-10-27T08:00:00.000Z', () => city.send(new CorrectAwaitedDay(), { orderId: A, awaitedOn: day('2020-10-28'), reason: 'misread' }, officer)],
];
