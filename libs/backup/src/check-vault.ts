import type { Stored } from '#libs/event-log';
import { namedParts, unwraps, type Keyring, type NamedPart, type OwnerVault, type PartState } from '#libs/vault';
import type { Checked } from './checked.js';
import { Findings } from './findings.js';

/** Looked up at once. */
const BATCH = 1_000;

const SAYS: Readonly<Record<Exclude<PartState, 'sound' | 'erased'>, string>> = {
  missing: 'is missing, and its key is not destroyed',
  altered: 'holds other bytes than the entry names',
  keyless: 'is named with a key that the vault does not hold',
  'left-over': 'is there still, though its key is destroyed; erase the subject again',
};

/** Looks at every personal part that an entry names: there with the bytes it names, or its key destroyed. */
export class VaultCheck {
  readonly #deviations = new Findings();
  readonly #counts: Record<PartState, number> = { sound: 0, erased: 0, missing: 0, altered: 0, keyless: 0, 'left-over': 0 };

  constructor(private readonly vault: OwnerVault) {}

  async page(entries: readonly Stored[]): Promise<void> {
    const named = entries.flatMap(({ entry }) => namedParts(entry));
    for (let at = 0; at < named.length; at += BATCH) await this.#batch(named.slice(at, at + BATCH));
  }

  async result(keyring: Keyring): Promise<Checked> {
    const { keys, destroyed, parts } = await this.vault.counts();
    const value = await this.vault.checkValue();
    if (value !== undefined && value !== keyring.checkValue) this.#deviations.add('The key file is not the one that the personal parts are sealed with.');
    else await this.#keys(keyring);
    const { sound, erased, altered, 'left-over': leftOver } = this.#counts;
    const unnamed = Math.max(0, parts - sound - altered - leftOver);
    return {
      name: 'vault',
      counted: `${sound + erased} personal parts named by the log: ${sound} there with their bytes, ${erased} erased; ${keys} keys, ${destroyed} of them destroyed`,
      numbers: { ...this.#counts, keys, destroyed, unnamed },
      deviations: this.#deviations,
      notes:
        unnamed > 0
          ? [
              `${unnamed} parts are named by no entry that was read: of what was recorded meanwhile, or of what was never recorded. Those younger than a day are usual; older ones a worker removes.`,
            ]
          : [],
    };
  }

  async #keys(keyring: Keyring): Promise<void> {
    for await (const page of this.vault.keys())
      for (const { wrapped, ...key } of page)
        if (wrapped && !unwraps(keyring, { ...key, wrapped }))
          this.#deviations.add(`The key of ${key.subject} of ${key.tenant} is not one that the key file opens.`);
  }

  async #batch(named: readonly NamedPart[]): Promise<void> {
    const states = await this.vault.states(named);
    for (const [nth, { tenant, eventId, part }] of named.entries()) {
      const state = states[nth] ?? 'missing';
      this.#counts[state]++;
      if (state !== 'sound' && state !== 'erased') this.#deviations.add(`Part ${part} of entry ${eventId} of ${tenant} ${SAYS[state]}.`);
    }
  }
}
