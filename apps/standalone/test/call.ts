import { randomUUID } from 'node:crypto';
import { sampleId } from '#libs/samples';

export interface Call {
  /** The key of a sample person, or the id of another; nobody where left out. */
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says as JSON; the text itself where it is none. */
  readonly body: unknown;
}

const UUID = /^[0-9a-f]{8}-/;

/** Asks a served instance: `POST /api/v1/orders`. What changes something goes under a key of its own, unless one is given. */
export async function call(address: string, what: string, { as, body, headers = {} }: Call = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const answer = await fetch(`${address}${path}`, {
    method,
    headers: {
      ...(as !== undefined && { 'uppsikt-person': UUID.test(as) ? as : sampleId('person', as) }),
      ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
