import { Module } from '@nestjs/common';
import { answers, created, Executor, handles, Moments, ofTenant, ofUnit, Streams, system } from '#libs/commands';
import { EventRegistry, type Day } from '#libs/kernel';
import { organisation } from '#libs/organisation';
import { deadlineRule, knocks } from '#libs/timers';
import { Vault } from '#libs/vault';
import { Views } from '#libs/views';
import { ApproveGenomförandeplan, approveGenomförandeplan } from './approve-genomforandeplan.js';
import { AwaitedPlans, awaitedPlans } from './awaited-plans.query.js';
import { CancelServiceOrder, cancelServiceOrder } from './cancel-service-order.js';
import { CorrectAwaitedDay, correctAwaitedDay, ruleOfTheWait } from './correct-awaited-day.js';
import { CorrectEndedDay, correctEndedDay } from './correct-ended-day.js';
import { CorrectGoal, correctGoal } from './correct-goal.js';
import { CorrectProvider, correctProvider } from './correct-provider.js';
import { CorrectReceivedDay, correctReceivedDay } from './correct-received-day.js';
import { CorrectSentDay, correctSentDay } from './correct-sent-day.js';
import { EndReplacedOrder, endReplacedOrder } from './end-replaced-order.js';
import { EndServiceOrder, endServiceOrder } from './end-service-order.js';
import { NoteContact, noteContact } from './note-contact.js';
import { OrderById, orderById } from './order-by-id.query.js';
import { OrderHistory, orderHistory } from './order-history.query.js';
import { deadlinesOf, order, unitOf } from './order.js';
import { AwaitedPlansController, OrdersController } from './orders.controller.js';
import { ReceiveGenomförandeplan, receiveGenomförandeplan } from './receive-genomforandeplan.js';
import { replacedOrder } from './replaced-order.js';
import { ReturnGenomförandeplan, returnGenomförandeplan } from './return-genomforandeplan.js';
import { ReviewGenomförandeplan, reviewGenomförandeplan } from './review-genomforandeplan.js';
import { SendServiceOrder, sendServiceOrder } from './send-service-order.js';

const officer = [ofUnit('case-officer')];
/** A manager steps in where the officer is away, and mends what was recorded wrong. */
const officerOrManager = [...officer, ofUnit('unit-manager')];
const readers = [...officerOrManager, ofTenant('process-owner')];
const onOrder = { of: order, id: ({ orderId }: { readonly orderId: string }) => orderId, unit: unitOf };
const fifteenDays = deadlineRule('genomforandeplan', ({ sentOn }: { readonly sentOn: Day }) => sentOn);

const byReturn = deadlineRule('genomforandeplan', ({ returnedOn }: { readonly returnedOn: Day }) => returnedOn);

@Module({
  controllers: [OrdersController, AwaitedPlansController],
  providers: [
    handles(SendServiceOrder, {
      ...onOrder,
      id: created('order', ({ orderId }) => orderId),
      may: officer,
      needs: { rule: fifteenDays, organisation, replaced: replacedOrder },
      decide: sendServiceOrder,
    }),
    handles(ReceiveGenomförandeplan, { ...onOrder, may: officerOrManager, decide: receiveGenomförandeplan }),
    handles(ReviewGenomförandeplan, { ...onOrder, may: officer, decide: reviewGenomförandeplan }),
    handles(NoteContact, { ...onOrder, may: officerOrManager, decide: noteContact }),
    handles(ReturnGenomförandeplan, {
      ...onOrder,
      may: officer,
      needs: { rule: byReturn },
      decide: returnGenomförandeplan,
    }),
    handles(ApproveGenomförandeplan, { ...onOrder, may: officer, decide: approveGenomförandeplan }),
    handles(CorrectSentDay, { ...onOrder, may: officerOrManager, needs: { rule: fifteenDays }, decide: correctSentDay }),
    handles(CorrectReceivedDay, { ...onOrder, may: officerOrManager, decide: correctReceivedDay }),
    handles(CorrectAwaitedDay, { ...onOrder, may: officerOrManager, needs: { rule: ruleOfTheWait }, decide: correctAwaitedDay }),
    handles(CorrectEndedDay, { ...onOrder, may: officerOrManager, decide: correctEndedDay }),
    handles(CorrectProvider, { ...onOrder, may: officerOrManager, needs: { organisation }, decide: correctProvider }),
    handles(CorrectGoal, { ...onOrder, may: officerOrManager, decide: correctGoal }),
    handles(CancelServiceOrder, { ...onOrder, may: officerOrManager, decide: cancelServiceOrder }),
    handles(EndServiceOrder, { ...onOrder, may: officerOrManager, decide: endServiceOrder }),
    handles(EndReplacedOrder, { ...onOrder, may: [system], decide: endReplacedOrder }),
    knocks(order, deadlinesOf),
    answers(OrderById, { may: officerOrManager, from: [Streams, Vault, Executor], answer: orderById }),
    answers(OrderHistory, { may: readers, from: [Executor, Views, Moments, EventRegistry], answer: orderHistory }),
    answers(AwaitedPlans, { may: readers, from: [Views, Moments, Executor], answer: awaitedPlans }),
  ],
})
export class OrdersModule {}
