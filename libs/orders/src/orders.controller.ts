import { asks, does, routes } from '#libs/http';
import { trailColumns, trailExample, TrailRow } from '#libs/trail';
import { ApproveGenomförandeplan } from './approve-genomforandeplan.js';
import { AwaitedPlans, awaitedPlanColumns, awaitedPlanExample, AwaitedPlanRow } from './awaited-plans.query.js';
import { CancelServiceOrder } from './cancel-service-order.js';
import { CorrectAwaitedDay } from './correct-awaited-day.js';
import { CorrectEndedDay } from './correct-ended-day.js';
import { CorrectGoal } from './correct-goal.js';
import { CorrectProvider } from './correct-provider.js';
import { CorrectReceivedDay } from './correct-received-day.js';
import { CorrectSentDay } from './correct-sent-day.js';
import { EndServiceOrder } from './end-service-order.js';
import { NoteContact } from './note-contact.js';
import { OrderHistory } from './order-history.query.js';
import { OrderById, orderExample, OrderOnPage } from './order-by-id.query.js';
import { ReceiveGenomförandeplan } from './receive-genomforandeplan.js';
import { ReturnGenomförandeplan } from './return-genomforandeplan.js';
import { ReviewGenomförandeplan } from './review-genomforandeplan.js';
import { SendServiceOrder } from './send-service-order.js';

const PROVIDER = '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90';
const ORDER = '3f6c1d52-7a4e-4c19-8d2b-6e0f9a7b5c31';
const GOAL = '5b0e8c7d-1f2a-4d3b-9c6e-7a8b9c0d1e2f';
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Service orders under `/orders`: what can be done to one, and what can be asked of it. */
export const OrdersController = routes('orders', 'Service orders', [
  does('POST', '', SendServiceOrder, {
    summary: 'Send a service order',
    description:
      'Its genomförandeplan is then awaited within fifteen days. Name `replaces` where the service is changed, prolonged or moved: the old order ends.',
    status: 201,
    example: {
      provider: PROVIDER,
      service: 'short-term-supervision',
      sentOn: '2020-10-01',
      overallGoals: ['participation'],
      subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv.' }],
      serviceUser: { name: 'Elev Exempel' },
    },
  }),
  does('POST', ':orderId/genomforandeplan', ReceiveGenomförandeplan, {
    summary: 'Record that a genomförandeplan has come in',
    description:
      'The day it counts as received follows from the day it lay at the office and how it came there (förvaltningslagen 22 §). The same document twice is recorded once.',
    example: { arrivedOn: '2020-10-19', arrival: 'letterbox-first-emptying', document: { sha256: SHA256, reference: 'Journal 2020-10-19' } },
  }),
  does('POST', ':orderId/reviews', ReviewGenomförandeplan, {
    summary: 'Review the latest plan, goal by goal',
    example: { version: 1, goals: [{ goal: GOAL, outcome: 'covered' }], canBeFollowedUp: true },
  }),
  does('POST', ':orderId/contact-notes', NoteContact, {
    summary: 'Note a contact about the order',
    example: { contact: 'provider', contactedOn: '2020-10-12', note: 'Bad utföraren förtydliga delmål två.' },
  }),
  does('POST', ':orderId/returns', ReturnGenomförandeplan, {
    summary: 'Return the reviewed plan for clarification, with a new awaited day',
    example: { version: 1, returnedOn: '2020-10-12', awaitedOn: '2020-10-26' },
  }),
  does('POST', ':orderId/approvals', ApproveGenomförandeplan, { summary: 'Approve the reviewed plan', example: { version: 1, approvedOn: '2020-10-23' } }),
  does('POST', ':orderId/corrections/sent-day', CorrectSentDay, {
    summary: 'Correct the day the order was sent',
    description: 'The fifteen days are counted anew; what was recorded stays visible.',
    example: { sentOn: '2020-10-02', reason: 'mistyped' },
  }),
  does('POST', ':orderId/corrections/received-day', CorrectReceivedDay, {
    summary: 'Correct the day a plan came in',
    example: { version: 1, arrivedOn: '2020-10-16', arrival: 'reached-office', reason: 'misread' },
  }),
  does('POST', ':orderId/corrections/awaited-day', CorrectAwaitedDay, {
    summary: 'Correct the last day for a clarified version',
    description: 'Of the plan that was returned last. Reminders and lateness follow, also where the version has come; what was recorded stays visible.',
    example: { awaitedOn: '2020-10-28', reason: 'mistyped' },
  }),
  does('POST', ':orderId/corrections/ended-day', CorrectEndedDay, {
    summary: 'Correct the day the order ended',
    description: 'However it ended. Whether its plan was late follows; what was recorded stays visible.',
    example: { endedOn: '2021-06-11', reason: 'wrong-information-given' },
  }),
  does('POST', ':orderId/corrections/provider', CorrectProvider, {
    summary: 'Correct the provider',
    example: { provider: PROVIDER, reason: 'confused-with-another' },
  }),
  does('POST', ':orderId/corrections/goals', CorrectGoal, {
    summary: 'Correct a goal',
    example: { goal: GOAL, wording: 'Jag vill kunna laga mellanmål.', reason: 'mistyped' },
  }),
  does('POST', ':orderId/cancellations', CancelServiceOrder, {
    summary: 'Cancel the order',
    example: { cancelledOn: '2020-10-05', reason: 'declined-by-service-user' },
  }),
  does('POST', ':orderId/endings', EndServiceOrder, { summary: 'End the order', example: { endedOn: '2021-06-10', reason: 'service-ended' } }),
  asks(':orderId', OrderById, {
    summary: 'One order',
    description:
      'Its state, what is awaited by which day and why that day, its plans and what was said of them. Opens the sealed parts; `asOf` shows it as it was recorded then.',
    answer: OrderOnPage,
    example: orderExample(ORDER),
  }),
  asks(':orderId/history', OrderHistory, {
    summary: 'Everything that was recorded of one order, newest first',
    description: 'Who did what, in which role, when, and what it was caused by. Nothing personal is in it.',
    answer: TrailRow,
    example: trailExample,
    columns: trailColumns,
  }),
]);

/** The list of plans that are awaited, under `/awaited-plans`. */
export const AwaitedPlansController = routes('awaited-plans', 'Service orders', [
  asks('', AwaitedPlans, {
    summary: 'Awaited genomförandeplaner, late first',
    description: 'By due day. Filters by unit, provider and status; `asOf` shows the list as it was recorded then.',
    answer: AwaitedPlanRow,
    example: awaitedPlanExample,
    columns: awaitedPlanColumns,
  }),
]);
