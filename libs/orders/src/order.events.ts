import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import type { DeadlineEvent } from '#libs/timers';
import { ARRIVALS, CANCELLATIONS, CONTACTS, CORRECTIONS, ENDINGS, GOAL_OUTCOMES, OVERALL_GOALS, SERVICES } from './order.codes.js';

const orderId = IdType('The order.');
const version = Type.Integer({ minimum: 1, description: 'Which of the plans that have come in, in the order they were recorded.' });
const round = Type.Integer({ minimum: 0, description: 'Which wait: 0 the fifteen days, 1 the first clarification, …' });
const latest = Type.Integer({ minimum: 1, description: 'The version that counts from now on: of all that have come in, the one that came last.' });
const note = Type.Optional(Type.String({ description: 'More about it, in words.' }));
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the document in the individual’s journal.' });

/** How a document reached the office, and the day it therefore counts as received (förvaltningslagen 22 §). */
const reception = {
  receivedOn: DayType('The day it counts as received.'),
  arrivedOn: DayType('The day it lay at the office.'),
  arrival: CodeType(ARRIVALS, 'How it reached the office.'),
};

export const ServiceOrderSent = eventType('ServiceOrderSent', {
  name: { sv: 'Beställning skickad', en: 'Service order sent' },
  schema: 1,
  data: {
    orderId,
    subject: IdType('Pseudonym of the case: its personal parts are sealed under its key.'),
    unit: IdType('The unit that ordered and follows up.'),
    provider: IdType('Who is to carry out the service.'),
    service: CodeType(SERVICES, 'What is to be carried out.'),
    sentOn: DayType('Day 0 of the fifteen.'),
    goals: Type.Array(
      Type.Object({ goal: IdType('The goal.'), overall: Type.Optional(CodeType(OVERALL_GOALS, 'The city’s goal.')) }, { additionalProperties: false }),
      {
        description: 'The city’s overall goals by code; the individual sub-goals, whose wording is personal.',
      },
    ),
    replaces: Type.Optional(IdType('The order that this one ends.')),
  },
  personal: {
    serviceUser: Type.Object(
      { name: Type.String(), personalNumber: Type.Optional(Type.String({ description: 'Personnummer, where it is known.' })) },
      { description: 'Who is to have the service.' },
    ),
    goals: Type.Array(Type.Object({ goal: Type.String(), wording: Type.String() }), { description: 'The sub-goals as they are worded.' }),
  },
});

export const GenomförandeplanReceived = eventType('GenomförandeplanReceived', {
  name: { sv: 'Genomförandeplan mottagen', en: 'Genomförandeplan received' },
  schema: 1,
  data: { orderId, version, round, latest, ...reception, sha256 },
  personal: { reference: Type.Optional(Type.String({ description: 'Where the document lies in the journal.' })) },
});

export const GenomförandeplanReviewed = eventType('GenomförandeplanReviewed', {
  name: { sv: 'Genomförandeplan granskad', en: 'Genomförandeplan reviewed' },
  schema: 1,
  data: {
    orderId,
    version,
    goals: Type.Array(
      Type.Object({ goal: IdType('The goal.'), outcome: CodeType(GOAL_OUTCOMES, 'What the reviewer found of it.') }, { additionalProperties: false }),
    ),
    canBeFollowedUp: Type.Boolean({ description: 'Whether the plan can be followed up.' }),
  },
  personal: { note },
});

export const GenomförandeplanReturned = eventType('GenomförandeplanReturned', {
  name: { sv: 'Genomförandeplan återsänd för förtydligande', en: 'Genomförandeplan returned for clarification' },
  schema: 1,
  data: { orderId, version, round, returnedOn: DayType('The day it was returned.'), awaitedOn: DayType('The last day for the next version.') },
  personal: { note },
});

export const GenomförandeplanApproved = eventType('GenomförandeplanApproved', {
  name: { sv: 'Genomförandeplan godkänd', en: 'Genomförandeplan approved' },
  schema: 1,
  data: { orderId, version, approvedOn: DayType('The day it was approved.') },
});

export const ContactNoted = eventType('ContactNoted', {
  name: { sv: 'Kontakt antecknad', en: 'Contact noted' },
  schema: 1,
  data: { orderId, contact: CodeType(CONTACTS, 'Who was contacted.'), contactedOn: DayType('The day of the contact.') },
  personal: { note: Type.String({ description: 'What was said.' }) },
});

export const SentDayCorrected = eventType('SentDayCorrected', {
  name: { sv: 'Skickad dag rättad', en: 'Day of sending corrected' },
  schema: 1,
  data: { orderId, from: DayType('As it was recorded.'), to: DayType('As it was.'), reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.') },
  personal: { note },
});

export const ReceivedDayCorrected = eventType('ReceivedDayCorrected', {
  name: { sv: 'Mottagningsdag rättad', en: 'Day of reception corrected' },
  schema: 1,
  data: {
    orderId,
    version,
    round,
    latest,
    from: DayType('As it was recorded.'),
    ...reception,
    reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.'),
  },
  personal: { note },
});

export const AwaitedDayCorrected = eventType('AwaitedDayCorrected', {
  name: { sv: 'Väntad dag rättad', en: 'Awaited day corrected' },
  schema: 1,
  data: { orderId, round, from: DayType('As it was recorded.'), to: DayType('As it was.'), reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.') },
  personal: { note },
});

export const EndedDayCorrected = eventType('EndedDayCorrected', {
  name: { sv: 'Sista dag rättad', en: 'Last day corrected' },
  schema: 1,
  data: { orderId, from: DayType('As it was recorded.'), to: DayType('As it was.'), reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.') },
  personal: { note },
});

export const OrderProviderCorrected = eventType('OrderProviderCorrected', {
  name: { sv: 'Utförare rättad', en: 'Provider corrected' },
  schema: 1,
  data: { orderId, from: IdType('As it was recorded.'), to: IdType('As it was.'), reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.') },
  personal: { note },
});

export const GoalCorrected = eventType('GoalCorrected', {
  name: { sv: 'Mål rättat', en: 'Goal corrected' },
  schema: 1,
  data: {
    orderId,
    goal: IdType('The goal.'),
    overall: Type.Optional(CodeType(OVERALL_GOALS, 'The city’s goal.')),
    reason: CodeType(CORRECTIONS, 'Why what was recorded was wrong.'),
  },
  personal: { wording: Type.Optional(Type.String({ description: 'The sub-goal as it should have been worded.' })), note },
});

export const ServiceOrderReplaced = eventType('ServiceOrderReplaced', {
  name: { sv: 'Beställning ersatt av en ny', en: 'Service order replaced by a new one' },
  schema: 1,
  data: { orderId, by: IdType('The new order.'), endedOn: DayType('The day the new order was sent.') },
});

export const ServiceOrderCancelled = eventType('ServiceOrderCancelled', {
  name: { sv: 'Beställning återkallad', en: 'Service order cancelled' },
  schema: 1,
  data: { orderId, endedOn: DayType('The day it was cancelled.'), reason: CodeType(CANCELLATIONS, 'Why it was cancelled.') },
  personal: { note },
});

export const ServiceOrderEnded = eventType('ServiceOrderEnded', {
  name: { sv: 'Beställning avslutad', en: 'Service order ended' },
  schema: 1,
  data: { orderId, endedOn: DayType('The last day of the service.'), reason: CodeType(ENDINGS, 'Why it ended.') },
  personal: { note },
});

/** Everything that can happen to a service order, its deadlines included. */
export type OrderEvent =
  | EventOf<typeof ServiceOrderSent>
  | EventOf<typeof GenomförandeplanReceived>
  | EventOf<typeof GenomförandeplanReviewed>
  | EventOf<typeof GenomförandeplanReturned>
  | EventOf<typeof GenomförandeplanApproved>
  | EventOf<typeof ContactNoted>
  | EventOf<typeof SentDayCorrected>
  | EventOf<typeof ReceivedDayCorrected>
  | EventOf<typeof AwaitedDayCorrected>
  | EventOf<typeof EndedDayCorrected>
  | EventOf<typeof OrderProviderCorrected>
  | EventOf<typeof GoalCorrected>
  | EventOf<typeof ServiceOrderReplaced>
  | EventOf<typeof ServiceOrderCancelled>
  | EventOf<typeof ServiceOrderEnded>
  | DeadlineEvent;
