import { Type, type Static } from 'typebox';
import { IdType } from '#libs/kernel';

/** By which delegation a delegate acted, in event data. */
export const DelegatedByType = Type.Object(
  {
    order: IdType('The board whose delegation order it is.'),
    point: IdType('The point of it.'),
    further: Type.Optional(IdType('The further delegation, where the head of administration had delegated it on.')),
  },
  { additionalProperties: false },
);
export type DelegatedBy = Static<typeof DelegatedByType>;
