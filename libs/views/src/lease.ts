import type { ClientBase } from 'pg';

/** Somebody else holds what this process held: nothing it still wanted to write was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(what: string) {
    super(`This process no longer holds ${what}.`);
  }
}

/** Whoever lent the lease. */
interface Keeper {
  give(lease: Lease): Promise<void>;
  ended(lease: Lease): void;
}

/** The right to do one thing alone, until the signal says that it is over. */
export class Lease {
  readonly #over = new AbortController();
  #isOurs = true;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    /** Higher at each change of hands: whoever writes with an older one is refused. */
    readonly epoch: bigint,
    private readonly keeper: Keeper,
  ) {}

  /** Raised when the lease is lost, or is to be given back. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether nobody else can hold it: also while it is to be given back and has not been. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Counts as lost unless it is said again within this time, measured by the monotonic clock of this process. */
  validFor(milliseconds: number): void {
    clearTimeout(this.#expiry);
    if (this.#isOurs) this.#expiry = setTimeout(() => this.end(), milliseconds);
  }

  /** Asks whoever works under it to come to an end and to release it; it stays ours until then. */
  recall(): void {
    this.#over.abort(new LeaseLost(this.name));
  }

  end(): void {
    clearTimeout(this.#expiry);
    this.#isOurs = false;
    this.recall();
    this.keeper.ended(this);
  }

  /**
   * Holds the lease to the end of a transaction: nobody can take over before it is committed.
   * @throws LeaseLost when somebody has
   */
  async fence(client: ClientBase): Promise<void> {
    const { rowCount } = await client.query('select from views.leases where name = $1 and epoch = $2 for share', [this.name, this.epoch.toString()]);
    if (!rowCount) throw new LeaseLost(this.name);
  }

  /** Gives it back, so that another need not wait for it to lapse. */
  release(): Promise<void> {
    return this.keeper.give(this);
  }
}
