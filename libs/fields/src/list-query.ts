import type { Instant } from '#libs/kernel';
import { InstantField, Int } from './kinds.js';

/** What every question may say: as it was recorded then. */
export class Query {
  @InstantField('As it was recorded at that moment; as it is now where left out.', { optional: true }) asOf?: Instant;
}

/** A question for a list, a page at a time. */
export class ListQuery extends Query {
  @Int('How many at most.', { min: 1, max: 200, default: 20 }) limit = 20;
  @Int('How many to pass over.', { min: 0, max: 1_000_000, default: 0 }) offset = 0;
}
