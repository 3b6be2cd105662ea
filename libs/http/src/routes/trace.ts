import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** W3C Trace Context: version, trace id, parent id, flags. All zeros are no ids; version ff is none. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/;

/** The trace id of a request, 32 hex digits: the caller's own (`traceparent`), or a new one. What follows from the request is recorded under it. */
export const traceIdOf = ({ traceparent }: IncomingHttpHeaders): string => TRACEPARENT.exec(String(traceparent))?.[1] ?? randomBytes(16).toString('hex');

/** The caller's span, where the caller brought its trace along. */
export const callerOf = ({ traceparent }: IncomingHttpHeaders): string | undefined => TRACEPARENT.exec(String(traceparent))?.[2];
