import { Type, type Static } from 'typebox';
import { Id } from '#libs/fields';
import { IdType } from '#libs/kernel';

/** A decision that is cited: one point of a paragraph of a board's minutes. */
export class DecisionRef {
  @Id('The meeting at which the board decided, or the urgent decision’s own opening.') meeting!: string;
  @Id('The point of its minutes.') point!: string;
}

/** A cited decision in event data. */
export const DecisionRefType = Type.Object(
  { meeting: IdType('The meeting at which the board decided, or the urgent decision’s own opening.'), point: IdType('The point of its minutes.') },
  { additionalProperties: false },
);
export type DecisionRefData = Static<typeof DecisionRefType>;
