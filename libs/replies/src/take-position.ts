import { POSITIONS, type Obligation, type Position } from '#libs/audits';
import { Code, FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import { PositionTaken, type ReplyEvent } from './reply.events.js';
import { of, standing, type Reply } from './reply.js';
import { assertNotApproved } from './reply.refusals.js';

/** What the reply says of one recommendation: a comment always, and a position where the board takes one. Said again it takes the place of what was said. */
export class TakePosition {
  @Id('The reply.') reply!: string;
  @Id('The recommendation.') recommendation!: string;
  @Code('The position, where the reply takes one.', POSITIONS, 'Position', { optional: true }) position?: Position;
  @FreeText('The comment, as the reply has it.', { max: 20_000 }) comment!: string;
}

export const takePosition: Decide<TakePosition, Reply, ReplyEvent, { readonly obligation: Obligation }> = (command, state, { obligation }) => {
  const { recommendation, position, comment } = command;
  assertNotApproved(state);
  if (obligation.status === 'none' || obligation.audit !== state.audit) throw notAddressed();
  const known = state.comments[recommendation];
  if (known?.comment === comment && known.position === position) return [];
  const said = { ...(position !== undefined && { position }), comment };
  const stands = standing({ ...state, comments: { ...state.comments, [recommendation]: said } });
  return [event(PositionTaken, { ...of(state), stands, recommendation, ...said })];
};

const notAddressed = () =>
  contradictory(
    'recommendation.not-addressed',
    {
      sv: 'Rekommendationen är inte riktad till nämnden i den här rapporten. Välj en av dem som yttrandet ska besvara.',
      en: 'The recommendation is not addressed to the board in this report. Choose one of those that the reply is to answer.',
    },
    '/recommendation',
  );
