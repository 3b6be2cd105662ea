import type { Text } from './text.js';

/**
 * Why a command is not carried out.
 * - `unknown`: there is no such thing, or it is not yours to know of (404)
 * - `not-allowed`: the thing is yours to see, but your role may not do this to it (403)
 * - `forbidden`: its state does not allow it now (409)
 * - `contradictory`: the content contradicts itself or what it refers to (422)
 * - `stale`: it has changed since you read it (412)
 */
export type RefusalKind = 'unknown' | 'not-allowed' | 'forbidden' | 'contradictory' | 'stale';

/** A command refused, with a code that never changes and a sentence that tells a person what to do. Nothing was recorded. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly kind: RefusalKind,
    /** Stable, `thing.reason` in lower case: programs rely on it. */
    readonly code: string,
    readonly text: Text,
    /** JSON pointer (RFC 6901) to the part of the command at fault, where there is one. */
    readonly pointer?: string,
  ) {
    super(`${code}: ${text.en}`);
  }
}

const refusal =
  (kind: RefusalKind) =>
  (code: string, text: Text, pointer?: string): Refusal =>
    new Refusal(kind, code, text, pointer);

/** There is no such thing, or it is not yours to know of. */
export const unknown = refusal('unknown');
/** Your role may not do this. */
export const notAllowed = refusal('not-allowed');
/** The state of the thing does not allow it now. */
export const forbidden = refusal('forbidden');
/** The content contradicts itself or what it refers to. */
export const contradictory = refusal('contradictory');
/** It has changed since it was read. */
export const stale = refusal('stale');
