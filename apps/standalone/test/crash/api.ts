import type { Instant } from '#libs/kernel';
import type { Sent } from './commands.js';

/** What a client learns of a command. */
export type Outcome =
  | { readonly outcome: 'acknowledged'; readonly id: string; readonly revision: number; readonly position: number }
  /** No answer, or one that says that it is not certain: the same again, under the same key, finds out. */
  | { readonly outcome: 'unknown'; readonly why: string }
  | { readonly outcome: 'refused'; readonly why: string };

const PATIENCE_MS = 60_000;

/** How somebody says who he is. */
type Identify = (person: string) => Readonly<Record<string, string>>;

/** An instance, or several, over HTTP. */
export class Api {
  /** @param address asked anew for each request */
  constructor(
    private readonly address: () => string,
    private readonly identify: Identify = (person) => ({ 'uppsikt-person': person }),
  ) {}

  async send({ person, key, path, body }: Sent): Promise<Outcome> {
    try {
      const answer = await this.#ask('POST', path, { ...this.identify(person), 'idempotency-key': key }, body);
      const text = await answer.text();
      if (answer.status >= 500) return { outcome: 'unknown', why: `${answer.status} ${text}` };
      if (!answer.ok) return { outcome: 'refused', why: `POST ${path} -> ${answer.status} ${text}` };
      const { id, revision, position } = JSON.parse(text) as { id: string; revision: number; position: string };
      return { outcome: 'acknowledged', id, revision, position: Number(position.split('.')[1]) };
    } catch (error) {
      return { outcome: 'unknown', why: String((error as Error).cause ?? error) };
    }
  }

  /** @throws Error where the answer is not a success */
  async get<T>(path: string, person?: string): Promise<T> {
    return this.#read<T>(await this.#ask('GET', path, person === undefined ? {} : this.identify(person)));
  }

  /**
   * Steps the test clock; resolves when everything that fell due has been done.
   * @param down as if the system had been off until then
   */
  async stepClock(now: Instant, down = false): Promise<void> {
    await this.#read(await this.#ask('POST', '/dev/clock', {}, { now, down }));
  }

  async #ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<Response> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const address = this.address();
    if (body === undefined) return fetch(address + path, { method, headers, signal });
    return fetch(address + path, { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
  }

  async #read<T>(answer: Response): Promise<T> {
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.url} -> ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
