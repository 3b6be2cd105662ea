import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { sampleId } from '#libs/samples';
import type { Place } from './place.js';

/** Case officers of both municipalities, each with a provider of its own municipality. */
export const OFFICERS: readonly (readonly [officer: string, provider: string])[] = [
  ['ostermalm-officer', 'fritids'],
  ['norrmalm-officer', 'fritids'],
  ['spanga-tensta-officer', 'skola'],
  ['tyreso-officer', 'ang'],
];

/** A command that was answered with success. */
export interface Acknowledged {
  readonly officer: string;
  readonly key: string;
  readonly id: string;
  /** Position in the log. */
  readonly position: number;
}

interface Told {
  readonly status: number;
  readonly body: string;
}

/** So long somebody waits for an answer. */
const PATIENCE_MS = 60_000;
/** How often a process is asked whether it is ready, as a proxy in front asks. */
const HEALTH_MS = 500;
const BETWEEN_MS = 20;
/** An order and two reads take at least so long, which keeps an officer below the limit of 3,000 requests a minute on a fast machine too. */
const ROUND_MS = 90;

/**
 * Officers who send orders and read lists over any number of API processes, as over a proxy: in turn, over connections that are kept, and to those
 * alone that say that they are ready. Who is refused the connection asks the next one, since nothing has been sent; that is the only repetition.
 */
export class Clients {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that were none, or no success. */
  readonly failed: string[] = [];
  reads = 0;
  /** Connections that were refused, so that another process was asked. */
  refusedConnections = 0;
  /** Where to ask. */
  addresses: readonly string[] = [];
  readonly #notReady = new Set<string>();
  readonly #agent = new Agent({ keepAlive: true });
  #turn = 0;

  constructor(private readonly place: Place) {}

  /** Everybody sends and reads, until the signal. */
  async work(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#watchHealth(signal), ...OFFICERS.map(([officer, provider]) => this.#work(officer, provider, signal))]);
  }

  /** Sends one order. */
  async order(officer: string, provider: string): Promise<void> {
    const key = randomUUID();
    const today = Temporal.Now.plainDateISO('Europe/Stockholm').toString();
    const body = {
      provider: sampleId('provider', provider),
      service: 'short-term-supervision',
      sentOn: today,
      overallGoals: ['participation'],
      subGoals: [{ wording: `Delmål ${key}` }],
      serviceUser: { name: `Elev ${key}` },
    };
    const told = await this.ask('POST', '/api/v1/orders', officer, key, body);
    if (told?.status !== 201 && told?.status !== 200) return;
    const { id, position } = JSON.parse(told.body) as { id: string; position: string };
    this.acknowledged.push({ officer, key, id, position: Number(position.split('.')[1]) });
  }

  /** Asks one process after the other until one takes the connection; what comes to no success is kept as failed. */
  async ask(method: string, path: string, officer: string, key = '', body?: object): Promise<Told | undefined> {
    const authorization = `Bearer ${await this.#token(officer)}`;
    const headers = { authorization, ...(body && { 'content-type': 'application/json', 'idempotency-key': key }) };
    const turn = this.#turn++;
    for (let tries = 0; ; tries++) {
      const ready = this.addresses.filter((one) => !this.#notReady.has(one));
      const asked = ready.length > 0 ? ready : this.addresses;
      const address = asked[(turn + tries) % asked.length] ?? '';
      try {
        const told = await this.#send(method, `${address}${path}`, headers, body);
        if (told.status >= 400) this.failed.push(`${method} ${path} -> ${told.status} ${told.body.slice(0, 300)}`);
        return told;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ECONNREFUSED' && tries < this.addresses.length * 2) {
          this.refusedConnections++;
          await pause(BETWEEN_MS);
          continue;
        }
        this.failed.push(`${method} ${path} -> ${code ?? message}`);
        return undefined;
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #watchHealth(signal: AbortSignal): Promise<void> {
    const look = async (address: string) => {
      const isReady = await fetch(`${address}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) this.#notReady.delete(address);
      else this.#notReady.add(address);
    };
    for (; !signal.aborted; await pause(HEALTH_MS)) await Promise.all(this.addresses.map(look));
  }

  async #work(officer: string, provider: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = performance.now();
      await this.order(officer, provider);
      const last = this.acknowledged.findLast((one) => one.officer === officer);
      if (last) await this.ask('GET', `/api/v1/orders/${last.id}`, officer);
      await this.ask('GET', '/api/v1/awaited-plans?limit=20', officer);
      this.reads += 2;
      await pause(Math.max(BETWEEN_MS, ROUND_MS - (performance.now() - began)));
    }
  }

  async #send(method: string, url: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Told> {
    const asked = request(url, { method, headers, agent: this.#agent, signal: AbortSignal.timeout(PATIENCE_MS) });
    asked.end(body && JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }

  readonly #tokens = new Map<string, Promise<string>>();
  #token(officer: string): Promise<string> {
    const known = this.#tokens.get(officer);
    if (known) return known;
    const token = this.place.tokenFor(officer);
    this.#tokens.set(officer, token);
    return token;
  }
}
