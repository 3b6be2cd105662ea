import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM_ROLE, type Commands, type Streams } from '#libs/commands';
import { derivedId, stockholmDay, type Clock } from '#libs/kernel';
import { holdersOf, type Colleagues, type DutyHolders, type Language } from '#libs/organisation';
import { lateSummaries, stillAwaited } from '#libs/timers';
import { counter, traced } from '#libs/telemetry';
import type { Views } from '#libs/views';
import { addressedAs, named } from './addressed.js';
import type { Delivery, MailTransport } from './mail-transport.js';
import { linkTo } from './pages.js';
import type { PendingMail, PendingMails } from './pending-mail.js';
import { RecordMailAccepted } from './record-mail-accepted.js';
import { RecordMailFailed } from './record-mail-failed.js';
import { reminded } from './reminded.js';
import { reminderMail } from './reminder-mail.js';
import { summaryMail } from './summary-mail.js';
import { summedUp } from './summed-up.js';

/** What the mailer needs. */
export interface MailerParts {
  readonly clock: Clock;
  readonly pending: Pick<PendingMails, 'by'>;
  readonly views: Views;
  readonly streams: Streams;
  readonly colleagues: Colleagues;
  readonly commands: Pick<Commands, 'send'>;
  readonly transport: MailTransport;
  /** `Uppsikt <uppsikt@example.se>`. */
  readonly from: string;
  /** What links begin with. */
  readonly baseUrl: string;
  /** Resolves when the outbox and the views of the organisation hold everything that the log held when it was asked. */
  readonly caughtUp: (signal: AbortSignal) => Promise<void>;
  /** Told of mails that could not be made: a fault of ours. */
  readonly fault: (error: unknown) => void;
  /** How often it looks; one second. */
  readonly everyMs?: number;
}

const isSummary = ({ stream }: PendingMail): boolean => stream.startsWith(`${lateSummaries.name}-`);

const accepted = counter('uppsikt_mails_accepted_total', 'Mails that a mail server took over.');
const failed = counter('uppsikt_mails_failed_total', 'Attempts at a mail that came to nothing.', ['reason']);

/** How many mails are under way at once. */
const CONCURRENCY = 4;
const PAGE = 100;

/**
 * Sends what was issued: at least once, and every copy of a reminder under the one Message-ID. What came of it is recorded as a fact
 * before the next look, so that a mail is sent again only where that fact was never recorded.
 */
export class Mailer {
  #passing: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: MailerParts) {}

  /** Runs until the signal, on one process at a time (a `duty`). Begins when the views have caught up, so that a rebuild sends nothing. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const sent = await this.#pass(signal);
      if (sent === 0) await pause(this.parts.everyMs ?? 1_000, undefined, { signal }).catch(() => {});
    }
  }

  /** Resolves when nothing is left to be sent by now: what a step of the test clock waits for. */
  async drain(signal: AbortSignal): Promise<void> {
    while ((await this.#pass(signal)) > 0 && !signal.aborted);
  }

  /** One pass at a time, whoever asks. @returns how many mails were tried */
  #pass(signal: AbortSignal): Promise<number> {
    const turn = this.#passing.then(() => this.#sendPending(signal));
    this.#passing = turn.catch(() => {});
    return turn;
  }

  async #sendPending(signal: AbortSignal): Promise<number> {
    const { caughtUp, pending, clock } = this.parts;
    await caughtUp(signal);
    const mails = await pending.by(clock.now(), PAGE);
    const rest = mails.values();
    const inTurn = async () => {
      for (const mail of rest) {
        if (signal.aborted) return;
        await this.#deliver(mail, signal);
      }
    };
    // All come to their end before the next look, also where one cannot be recorded: else what is under way would be sent twice.
    const ends = await Promise.allSettled(Array.from({ length: CONCURRENCY }, inTurn));
    const lost = ends.find((end) => end.status === 'rejected');
    if (lost) throw lost.reason;
    return mails.length;
  }

  /** Sends a mail and records what came of it, as part of the chain in which it was issued. */
  #deliver(mail: PendingMail, signal: AbortSignal): Promise<void> {
    const attributes = { 'uppsikt.tenant': mail.tenant, 'uppsikt.reminder': mail.reminder, 'uppsikt.caused_by': mail.issuedBy };
    return traced('mail', { corr: mail.corr, attributes, kind: 'client' }, async (note) => {
      const delivery = await this.#send(mail, signal);
      if (!delivery) return;
      if (delivery.outcome === 'accepted') accepted.inc();
      else failed.inc({ reason: delivery.reason });
      note({ 'uppsikt.outcome': delivery.outcome === 'accepted' ? 'accepted' : delivery.reason });
      await this.#record(mail, delivery);
    });
  }

  /** @returns undefined where it is no longer ours to send, as after a pause of this process */
  async #send(mail: PendingMail, signal: AbortSignal): Promise<Delivery | undefined> {
    const { transport, from, views, colleagues, fault } = this.parts;
    const { tenant, reminder, unit, role, issuedAt } = mail;
    try {
      // Who held the role on the day it was issued: a mail that goes late goes to whom it would have gone in time.
      const held = await views.read(tenant, (read) => holdersOf(read, unit, role, stockholmDay(issuedAt)));
      if (held.persons.length === 0) return { outcome: 'failed', reason: 'role-unheld' };
      const known = await colleagues.open(tenant, held.persons);
      const readers = held.persons.flatMap((holder) => known.get(holder) ?? []);
      if (readers.length === 0) return { outcome: 'failed', reason: 'address-unknown' };
      const languages = readers.map(({ language }) => language);
      const content = isSummary(mail) ? await this.#summary(mail, held, languages) : reminderMail(await this.#facts(mail, held), languages);
      if (!content) return { outcome: 'failed', reason: 'nothing-left' };
      if (signal.aborted) return undefined;
      const to = readers.map(({ name, email: address }) => ({ name, address }));
      return await transport.send({ messageId: `${reminder}@${tenant}.uppsikt`, from, to, issuedAt, ...content });
    } catch (error) {
      fault(error);
      return { outcome: 'failed', reason: 'fault' };
    }
  }

  async #facts({ tenant, stream, issuedBy, issuedAt }: PendingMail, held: DutyHolders) {
    const { streams, views, baseUrl } = this.parts;
    const { plan, occurrence, escalation, unheld } = await reminded(streams, tenant, stream, issuedBy);
    const { type, startOn, dueOn, steps } = plan;
    const addressed = await views.read(tenant, async (read) => ({
      ...(await addressedAs(read, held)),
      ...(unheld && { unheld: await named(read, unheld) }),
    }));
    const link = linkTo(baseUrl, stream);
    return { type, startOn, dueOn, steps, issuedOn: stockholmDay(issuedAt), ...addressed, escalation, occurrence, link };
  }

  /** Only what is awaited still: much of what is entered in one go is entered to its end. @returns undefined where nothing is */
  async #summary({ tenant, stream, issuedBy }: PendingMail, held: DutyHolders, languages: readonly Language[]) {
    const { streams, views, baseUrl } = this.parts;
    const deadlines = await summedUp(streams, tenant, stream, issuedBy);
    return views.read(tenant, async (read) => {
      const late = await stillAwaited(read, deadlines);
      if (late.length === 0) return undefined;
      const things = late.map(({ type, dueOn, stream: kind, owner }) => ({ type, dueOn, link: linkTo(baseUrl, `${kind}-${owner}`) }));
      return summaryMail({ ...(await addressedAs(read, held)), things, all: linkTo(baseUrl, stream) }, languages);
    });
  }

  async #record({ tenant, reminder, attempts, issuedBy, corr, unit }: PendingMail, delivery: Delivery): Promise<void> {
    const { commands, clock } = this.parts;
    const attempt = attempts + 1;
    const { outcome, ...said } = delivery;
    const command = Object.assign(outcome === 'accepted' ? new RecordMailAccepted() : new RecordMailFailed(), { reminder, attempt, ...said });
    await commands.send(command, {
      tenant,
      by: { actor: 'mailer', role: SYSTEM_ROLE, unit },
      commandId: derivedId(reminder, outcome, attempt),
      corr,
      caus: issuedBy,
      now: clock.now(),
    });
  }
}
