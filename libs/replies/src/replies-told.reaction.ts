import { NoteReferralReply, NoteReply, NoteReplyDay, obligationId } from '#libs/audits';
import { never, type EventOf } from '#libs/kernel';
import { reaction } from '#libs/reactions';
import { repliesView } from './replies.view.js';
import {
  ExtensionGranted,
  GivenDayCorrected,
  ObligationTakenUp,
  OfficerReportWritten,
  PositionTaken,
  ReplyAwaited,
  ReplyGiven,
  ReplyNoLongerAwaited,
} from './reply.events.js';

/** Where a board’s reply stands is shown with the referral, in the audit. */
export const referralsNoteReplies = reaction({
  name: 'referrals-note-replies',
  on: [ReplyAwaited, ReplyNoLongerAwaited, OfficerReportWritten, PositionTaken, ExtensionGranted, ReplyGiven, GivenDayCorrected],
  targets: ({ data: { audit } }) => [audit],
  react: ({ data: { audit, board, reply, stands } }) => Object.assign(new NoteReferralReply(), { audit, board, reply, ...stands }),
});

const onObligations = [ReplyAwaited, ReplyNoLongerAwaited, ObligationTakenUp, ExtensionGranted, PositionTaken, ReplyGiven, GivenDayCorrected] as const;
type Told = EventOf<(typeof onObligations)[number]>;

/**
 * What a board’s reply says of a recommendation, and by when it is awaited, is shown with the obligation: the day that it was taken up with
 * and each new one; a position as a proposal, until the reply is given. One reaction for all of it, carried out in the order of the log.
 */
export const obligationsNoteReplies = reaction({
  name: 'obligations-note-replies',
  on: onObligations,
  targets: (happened, asOf) => {
    switch (happened.type) {
      case 'ObligationTakenUp':
        return [happened.data.obligation];
      case 'PositionTaken':
        return [obligationId(happened.data.recommendation, happened.data.board)];
      case 'ReplyGiven':
      case 'GivenDayCorrected': {
        const { positions, board } = happened.data;
        return positions.map(({ recommendation }) => obligationId(recommendation, board));
      }
      case 'ReplyAwaited':
      case 'ReplyNoLongerAwaited':
      case 'ExtensionGranted': {
        const { reply } = happened.data;
        return asOf([repliesView], async (read) => (await read.find(repliesView, reply))?.obligations ?? []);
      }
      default:
        return never(happened);
    }
  },
  react: ({ type, data }, obligation) => commandFor({ type, data } as Told, obligation),
});

const commandFor = ({ type, data }: Told, obligation: string): object => {
  switch (type) {
    case 'ObligationTakenUp':
    case 'ReplyAwaited':
      return Object.assign(new NoteReplyDay(), { obligation, ...(data.dueOn !== undefined && { dueOn: data.dueOn }) });
    case 'ReplyNoLongerAwaited':
      return Object.assign(new NoteReplyDay(), { obligation });
    case 'ExtensionGranted':
      return Object.assign(new NoteReplyDay(), { obligation, dueOn: data.until });
    case 'PositionTaken': {
      const { reply, position } = data;
      return Object.assign(new NoteReply(), { obligation, reply, ...(position !== undefined && { position }), proposed: true });
    }
    case 'ReplyGiven':
    case 'GivenDayCorrected': {
      const { reply, on, board, positions } = data;
      const position = positions.find(({ recommendation }) => obligationId(recommendation, board) === obligation)?.position;
      return Object.assign(new NoteReply(), { obligation, reply, givenOn: on, ...(position !== undefined && { position }) });
    }
    default:
      return never({ type, data } as never);
  }
};
