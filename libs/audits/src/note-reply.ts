import { Bool, Code, DayField, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { POSITIONS, type Position } from './obligation.codes.js';
import { ReplyNoted, type ObligationEvent } from './obligation.events.js';
import type { Obligation } from './obligation.js';
import { assertArisen } from './obligation.refusals.js';

/** What the board’s reply says of the recommendation, as the reply’s own stream has it. Sent by a reaction to that alone. */
export class NoteReply {
  @Id('The obligation.') obligation!: string;
  @Id('The reply.') reply!: string;
  @DayField('The day it was given; left out while it is only proposed.', { optional: true }) givenOn?: Day;
  @Code('What it says of the recommendation, where it takes a position.', POSITIONS, 'Position', { optional: true }) position?: Position;
  @Bool('Only a proposal to the deciding board is known.', { optional: true }) proposed?: boolean;
}

export const noteReply: Decide<NoteReply, Obligation, ObligationEvent> = ({ reply, givenOn, position, proposed }, obligation) => {
  assertArisen(obligation);
  const known = obligation.reply;
  const isProposed = proposed === true;
  if (known?.reply === reply && known.givenOn === givenOn && known.position === position && (known.proposed ?? false) === isProposed) return [];
  return [
    event(ReplyNoted, {
      obligation: obligation.obligation,
      reply,
      ...(givenOn !== undefined && { givenOn }),
      ...(position !== undefined && { position }),
      ...(isProposed && { proposed: true as const }),
    }),
  ];
};
