import { Injectable } from '@nestjs/common';

/** One thing without which the service cannot serve. Rejects where it is not well. */
export type Check = () => Promise<unknown>;

const TIMEOUT_MS = 2_000;

/** What must be well for the service to be ready. Modules add theirs when they start. */
@Injectable()
export class Health {
  readonly #checks = new Map<string, Check>();
  #isEnding = false;

  add(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** From now on it is not ready, whatever is well: the process ends. */
  end(): void {
    this.#isEnding = true;
  }

  /** Each check and whether it is well, all asked at once, for two seconds at most. */
  async ask(): Promise<{ readonly well: boolean; readonly checks: Readonly<Record<string, 'ok' | 'failed'>> }> {
    if (this.#isEnding) return { well: false, checks: { serving: 'failed' } };
    const asked = [...this.#checks].map(async ([name, check]) => [name, (await isWell(check)) ? 'ok' : 'failed'] as const);
    const checks = Object.fromEntries(await Promise.all(asked));
    return { well: Object.values(checks).every((state) => state === 'ok'), checks };
  }
}

const isWell = async (check: Check): Promise<boolean> => {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), TIMEOUT_MS);
  try {
    return await Promise.race([check().then(() => true), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
