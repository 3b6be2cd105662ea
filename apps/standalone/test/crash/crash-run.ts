import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addMilliseconds, instant, stockholmDay, type Instant } from '#libs/kernel';
import { Api } from './api.js';
import { ostermalm, tyresö, type Sent } from './commands.js';
import { startInstance, type Instance } from './instance-process.js';
import { Ledger } from './ledger.js';
import { Officer } from './officer.js';
import { Random } from './random.js';
import type { Strike } from './strike.js';

const BEGINNING = instant('2020-10-01T08:30:00+02:00');
const HOUR_MS = 3_600_000;
/** A round that was not struck by then is struck anyway. */
const ROUND_MAX_MS = 30_000;
const SENDERS = [ostermalm, ostermalm, ostermalm, ostermalm, tyresö, tyresö];

/** A kill that was made, and what the clients did not know by then. */
export interface Kill {
  readonly strike: Strike;
  /** Whether a server was among what was killed: its next start must recover from its write-ahead log. */
  readonly hadServer: boolean;
  /** Sent, and not answered when it fell. */
  readonly unanswered: readonly Sent[];
  /** Where the log ended when the next instance started. */
  headAfter?: number;
}

/** An instance that runs, and all that was pending is settled. */
export interface Resting {
  readonly instance: Instance;
  readonly api: Api;
}

/** An instance under load that is killed again and again, and what its clients were told. */
export class CrashRun {
  readonly kills: Kill[] = [];
  /** What no client should ever meet. */
  readonly surprises: string[] = [];
  readonly officers: readonly Officer[];
  /** Where the clock has been asked to stand … */
  clock: Instant = BEGINNING;
  /** … and where it is known to have come. */
  #reached: Instant = BEGINNING;
  /** Told of what is acknowledged, while something is aimed at it. */
  #watch: (sent: Sent) => void = () => {};
  /** Raised by the kill of the instance that runs. */
  #struck = new AbortController();

  private constructor(
    readonly data: string,
    readonly ledger: Ledger,
    private readonly random: Random,
    private readonly fault: string,
  ) {
    const listener = {
      acknowledged: (sent: Sent) => this.#watch(sent),
      refused: (why: string) => void this.surprises.push(why),
      unanswered: (why: string) => void this.#wonder(why),
    };
    this.officers = SENDERS.map((sender) => {
      const own = new Random(random.between(0, 2 ** 31));
      return new Officer(sender, own, ledger, () => stockholmDay(this.#reached), listener);
    });
  }

  /** @param folder where its data, its ledger and what the instances say are put */
  static async begin(folder: string, random: Random, fault: string): Promise<CrashRun> {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    for (const one of [folder, data]) await chmod(one, 0o755); // the database's own user must get in where root runs this
    return new CrashRun(data, await Ledger.open(join(folder, 'ledger.jsonl')), random, fault);
  }

  /** Starts an instance, lets clients work on it and the clock pass, and kills it. */
  async round(strike: Strike): Promise<void> {
    if (this.random.chance(0.15)) this.#pass(12, 120); // it was off for some days
    const instance = this.start();
    const struck = this.#struck;
    const strikeNow = () => {
      if (struck.signal.aborted) return;
      const hadServer = instance.kill(strike.victims, strike.gapMs);
      struck.abort();
      this.kills.push({ strike, hadServer, unanswered: this.officers.flatMap(({ pending }) => pending ?? []) });
    };
    const soon = () => void (strike.afterMs === 0 ? strikeNow() : setTimeout(strikeNow, strike.afterMs));
    const tooLong = setTimeout(() => void instance.aim().then(strikeNow), ROUND_MAX_MS);
    const starting = strike.aim === 'start' ? this.#whileStarting(instance, strike).then(strikeNow) : undefined;
    const living = this.#live(instance, strike, soon, struck.signal).catch((error: unknown) => this.#wonder(String(error)));
    const code = await instance.exitCode;
    if (!struck.signal.aborted) this.surprises.push(`The instance ended by itself, with exit code ${code}.`);
    struck.abort();
    clearTimeout(tooLong);
    await Promise.all([living, starting]);
    this.#watch = () => {};
  }

  /** Starts an instance that nobody kills, and lets everything come to rest. */
  async rest(): Promise<Resting> {
    const instance = this.start();
    const address = await instance.address;
    const api = new Api(() => address);
    await Promise.all(this.officers.map((officer) => officer.settle(api)));
    await this.#step(api);
    return { instance, api };
  }

  /** What fails in the moment of the kill, or after it, fails because of it; but a fault of ours is one whenever it is. */
  async #wonder(why: string): Promise<void> {
    const { signal } = this.#struck;
    if (!why.startsWith('500')) await pause(1_000);
    if (!signal.aborted || why.startsWith('500')) this.surprises.push(why);
  }

  async #whileStarting(instance: Instance, { victims, afterMs }: Strike): Promise<void> {
    await pause(afterMs);
    if (victims !== 'process') await instance.aim();
  }

  async #live(instance: Instance, { aim, loadMs }: Strike, soon: () => void, struck: AbortSignal): Promise<void> {
    const address = await instance.address;
    const api = new Api(() => address);
    // What fell due while nobody was there is done while the first commands come in. While the clock jumps nobody sends: what was
    // decided before a jump and recorded after it would leave open what was due by then.
    await Promise.all([api.stepClock(this.clock), this.#load(api, loadMs, struck)]);
    await this.#step(api);
    await instance.aim();
    if (aim === 'step') {
      soon();
      await this.#step(api);
    }
    if (aim === 'answer') this.#watch = soon;
    if (aim === 'replacement') this.#watch = ({ kind }) => (kind === 'replacement' ? soon() : undefined);
    if (aim === 'load') setTimeout(soon, loadMs);
    await this.#load(api, ROUND_MAX_MS, struck);
  }

  /** Starts an instance where the last one stopped. */
  start(): Instance {
    const instance = startInstance(this.data, this.clock, this.fault);
    this.#reached = this.clock;
    this.#struck = new AbortController();
    void instance.head.then(
      (head) => this.kills.forEach((kill) => (kill.headAfter ??= head)),
      () => {}, // killed before
    );
    return instance;
  }

  #load(api: Api, ms: number, struck: AbortSignal): Promise<unknown> {
    const over = AbortSignal.any([struck, AbortSignal.timeout(ms)]);
    return Promise.all(this.officers.map((officer) => officer.work(api, over)));
  }

  async #step(api: Api): Promise<void> {
    this.#pass(6, 54);
    await api.stepClock(this.clock, this.random.chance(0.2));
    this.#reached = this.clock;
  }

  #pass(hoursLow: number, hoursHigh: number): void {
    this.clock = addMilliseconds(this.clock, this.random.between(hoursLow, hoursHigh) * HOUR_MS);
  }
}
