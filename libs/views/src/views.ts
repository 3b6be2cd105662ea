import type { Pool } from 'pg';
import type { EventLog, Position } from '#libs/event-log';
import { Arrivals, furthest, type Stood } from './arrivals.js';
import { Read } from './read.js';
import { inTransaction } from './transaction.js';
import type { View } from './view.js';

export interface ViewsOptions {
  /** Of the role `uppsikt_api` or `uppsikt_worker`. */
  readonly pool: Pool;
  readonly log: EventLog;
  /** All that this release reads. */
  readonly views: readonly View[];
  readonly arrivals?: Arrivals;
}

/** Whether what this release shows can be relied on; where not, why. */
export interface Health {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

interface Checkpoint {
  readonly view: string;
  readonly fingerprint: string;
  readonly log: string;
  readonly position: Position;
  readonly ready: boolean;
  readonly quarantined: number;
  readonly halted: string | null;
}

const TENANT = /^[a-z0-9]{1,40}$/;
const WAIT_MS = 5_000;

/** Reads the views, whatever process keeps them. */
export class Views {
  readonly #arrivals: Arrivals;
  /** Where the log ended when this process began: until its views are there it shows less than an earlier one did. */
  #began: Promise<Position>;

  constructor(private readonly options: ViewsOptions) {
    this.#arrivals = options.arrivals ?? new Arrivals(options.pool, options.log.id);
    this.#began = options.log.head();
    this.#began.catch(() => {}); // asked anew by whoever needs it
  }

  /**
   * Asks questions of one tenant, all answered from one snapshot, under row-level security. A view that has halted says nothing of now, and one
   * that the database holds less of than somebody has waited for says nothing of what is missing.
   * @param at as recorded at that position (see `positionAt` of the trail); wait for it first where it is recent
   */
  async read<T>(tenant: string, questions: (read: Read) => Promise<T>, { at }: { readonly at?: Position | undefined } = {}): Promise<T> {
    if (!TENANT.test(tenant)) throw new RangeError(`${JSON.stringify(tenant)} cannot be a tenant.`);
    const { known } = this.#arrivals;
    const begin = `begin isolation level repeatable read read only;
      select set_config('uppsikt.tenant', '${tenant}', true), array(select view from views.checkpoints where halted is not null) as halted,
        (select json_object_agg(view, position::text) from views.checkpoints where position < ${furthest(known)}) as stood`;
    return inTransaction(this.options.pool, begin, (client, begun) => {
      const [{ halted, stood }] = begun.rows as [{ readonly halted: readonly string[]; readonly stood: Stood | null }];
      return questions(new Read(client, tenant, at, this.options.log.id, halted, this.#arrivals.missing(known, stood ?? {})));
    });
  }

  /**
   * Waits until the views hold everything up to a position, so that one reads what one wrote.
   * @throws ViewsBehind when they do not in time
   */
  async waitFor(position: Position, views: readonly View[], { timeoutMs = WAIT_MS }: { readonly timeoutMs?: number } = {}): Promise<void> {
    await this.#arrivals.wait(position, views, AbortSignal.timeout(timeoutMs));
  }

  /**
   * Waits until the views hold what the log held when this process began: before that nothing may act on them.
   * @throws the signal's reason
   */
  async caughtUp(views: readonly View[], signal: AbortSignal): Promise<void> {
    await this.#arrivals.wait(await this.#headAtStart(), views, signal);
  }

  /** A log that was away then is asked again: it ends no earlier now. */
  #headAtStart(): Promise<Position> {
    return (this.#began = this.#began.catch(() => this.options.log.head()));
  }

  /** What `/health/ready` says of the views. */
  async health(): Promise<Health> {
    const { pool, log, views } = this.options;
    const { rows } = await pool.query<Checkpoint>('select * from views.checkpoints where view = any($1)', [views.map(({ table }) => table)]);
    const head = await this.#headAtStart();
    const own = rows.filter((row) => row.log === log.id);
    const reasons = views.flatMap((view) =>
      wrongWith(
        view,
        own.find((row) => row.view === view.table && row.fingerprint === view.fingerprint),
        head,
      ),
    );
    return { ready: reasons.length === 0, reasons };
  }
}

const wrongWith = ({ table, acting }: View, checkpoint: Checkpoint | undefined, head: Position): readonly string[] => {
  if (checkpoint?.halted) return [`The view ${table} has halted: ${checkpoint.halted}`];
  if (!checkpoint?.ready) return [`The view ${table} is being built.`];
  return [
    ...(checkpoint.position < head ? [`The view ${table} has not caught up with the log.`] : []),
    ...(acting && checkpoint.quarantined > 0 ? [`The view ${table} has rows in quarantine that nothing acts on: ${checkpoint.quarantined}.`] : []),
  ];
};
