import { derivedId, instant, type Instant } from '#libs/kernel';
import { sampleId } from './municipalities.js';
import { differences, type Step } from './step.js';

/** An instance that a case is played on: over HTTP, on a clock that stands still between the steps. */
export interface Stage {
  /** Steps the clock to a moment; resolves when everything that fell due on the way has been done and can be seen. */
  step(to: Instant): Promise<void>;
  request(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** What came of one step. */
export interface Played {
  readonly step: Step;
  readonly status: number;
  /** A line for each difference between what was expected and what was got. */
  readonly differences: readonly string[];
}

/** Steps of several cases in the order of their moments; those of one moment stay as they stand. */
export const inOrder = (...cases: readonly (readonly Step[])[]): readonly Step[] =>
  cases.flat().toSorted((a, b) => Temporal.Instant.compare(Temporal.Instant.from(a.at), Temporal.Instant.from(b.at)));

/** The key of a step: the same in every run, so that a case broken off is played to its end without doing anything twice. */
const keyOf = (step: Step): string => derivedId('step', step.at, step.call, step.as);

/** Plays steps one by one and tells what came of each. */
export async function* play(steps: readonly Step[], stage: Stage): AsyncGenerator<Played> {
  for (const step of steps) {
    await stage.step(instant(step.at));
    const [method = 'GET', path = '/'] = step.call.split(' ');
    const { file } = step;
    const headers = {
      'uppsikt-person': sampleId('person', step.as),
      ...(method !== 'GET' && { 'idempotency-key': keyOf(step) }),
      ...(file && { 'content-type': file.mediaType, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` }),
    };
    const { status, body } = await stage.request(method, `/api/v1${path}`, headers, file ? Buffer.from(file.content) : step.body);
    const found = differences(step.expect, { status, body });
    const { detail } = (body ?? {}) as { readonly detail?: unknown };
    yield { step, status, differences: found.length > 0 && typeof detail === 'string' ? [...found, detail] : found };
  }
}
