import { createHash } from 'node:crypto';
import type { SampleFile, Step } from './step.js';

type Body = object;

/** Somebody records something, and it is taken: 200, or 201 where something new comes of it. */
export const does = (at: string, says: string, as: string, call: `${'POST' | 'PUT'} /${string}`, body: Body, status = 200): Step => ({
  at,
  says,
  as,
  call,
  body,
  expect: { status },
});

/** Somebody looks, and sees this. */
export const sees = (at: string, says: string, as: string, path: `/${string}`, body: unknown): Step => ({
  at,
  says,
  as,
  call: `GET ${path}`,
  expect: { status: 200, body },
});

/** Somebody tries, and is told why not. */
export const mayNot = (at: string, says: string, as: string, call: `${'POST' | 'PUT'} /${string}`, body: Body, status: number, code: string): Step => ({
  at,
  says,
  as,
  call,
  body,
  expect: { status, body: { code } },
});

/** A sample document: what it is called, and its words. */
export const paper = (name: string, content: string): SampleFile => ({ name, mediaType: 'text/plain', content: `${content}\n` });

export const hashOf = ({ content }: SampleFile): string => createHash('sha256').update(content).digest('hex');

/** Somebody stores a document, so that it can be cited. */
export const stores = (at: string, says: string, as: string, file: SampleFile): Step => ({
  at,
  says,
  as,
  call: 'POST /documents',
  file,
  expect: { status: 201 },
});

/** The time of day of a date in Stockholm: summer time from the last Sunday of March to that of October. */
export const at = (day: string, time: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Stockholm').toInstant().toString();
