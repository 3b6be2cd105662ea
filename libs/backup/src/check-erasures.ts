import type { Stored } from '#libs/event-log';
import type { ErasureLedger, OwnerVault } from '#libs/vault';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';

/** Looks at everybody in the ledger of erasures: nobody has a key, and the log tells who decided it. */
export class ErasuresCheck {
  readonly #deviations = new Findings();
  /** Events that the ledger cites and the log has not been seen to hold. */
  readonly #untold = new Set<string>();
  #erased = 0;

  private constructor(private readonly ledger: string | undefined) {}

  static async of(ledger: ErasureLedger | undefined, vault: OwnerVault): Promise<ErasuresCheck> {
    const check = new ErasuresCheck(await ledger?.id());
    if (ledger)
      for await (const page of ledger.erased()) {
        check.#erased += page.length;
        const left = await vault.withKeys(
          page.map(({ tenant }) => tenant),
          page.map(({ subject }) => subject),
        );
        for (const { tenant, subject } of left)
          check.#deviations.add(`${subject} of ${tenant} is in the ledger of erasures and has a key still; it is destroyed when any process is next started.`);
        for (const one of page) {
          const { event } = await ledger.read(one);
          if (event !== undefined) check.#untold.add(event);
        }
      }
    return check;
  }

  page(entries: readonly Stored[]): void {
    if (this.#untold.size > 0) for (const { entry } of entries) this.#untold.delete(entry.id);
  }

  result(): Checked {
    const untold = this.#untold.size;
    return {
      name: 'erasures',
      counted: this.ledger === undefined ? 'there is no ledger of erasures: nothing has been erased, or it is lost' : `${this.#erased} erasures in the ledger`,
      numbers: { erased: this.#erased, untold },
      deviations: this.#deviations,
      notes:
        untold > 0
          ? [
              `${untold} erasures are not told by the log, which was restored from a backup older than they are: decide them again, so that the trail says who and why.`,
            ]
          : [],
    };
  }
}
