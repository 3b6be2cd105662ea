import { never, type EventOf } from '#libs/kernel';
import { MeetingCancelled, MeetingMoved, MeetingPlanned, ParagraphCorrected, ParagraphRecorded, PreparationStepsSet } from '#libs/meetings';
import { BoardSucceeded, SuccessionWithdrawn } from '#libs/organisation';
import { reaction } from '#libs/reactions';
import { countedWith } from './concerned.query.js';
import { CountReplyAgain } from './count-reply-again.js';
import { repliesView } from './replies.view.js';

const on = [
  MeetingPlanned,
  MeetingMoved,
  MeetingCancelled,
  PreparationStepsSet,
  BoardSucceeded,
  SuccessionWithdrawn,
  ParagraphRecorded,
  ParagraphCorrected,
] as const;
type Changed = EventOf<(typeof on)[number]>;

/** Where the board had the matter before it and did not decide it. */
const UNDECIDED: readonly string[] = ['referred-back', 'tabled', 'rejected'];
const undecided = ({ points }: EventOf<typeof ParagraphRecorded>['data']): readonly string[] =>
  points.flatMap(({ outcome, object }) => (object?.kind === 'reply' && UNDECIDED.includes(outcome) ? [object.id] : []));

/**
 * A plan is counted again when a meeting of a calendar it was counted with is planned, moved or cancelled, when its steps change, when a
 * board is succeeded or that is withdrawn, and when a meeting has had the matter and not decided it (domain §3.2.7).
 */
export const repliesAreCountedAgain = reaction({
  name: 'replies-are-counted-again',
  on,
  targets: (happened, asOf) => {
    switch (happened.type) {
      case 'MeetingPlanned':
      case 'MeetingMoved':
      case 'MeetingCancelled':
      case 'PreparationStepsSet':
        return asOf([repliesView], countedWith([happened.data.board]));
      case 'BoardSucceeded':
      case 'SuccessionWithdrawn':
        return asOf([repliesView], countedWith(happened.data.from));
      case 'ParagraphRecorded':
      case 'ParagraphCorrected':
        return undecided(happened.data);
      default:
        return never(happened);
    }
  },
  react: ({ type, data }, reply) => Object.assign(new CountReplyAgain(), { reply, ...because({ type, data } as Changed) }),
});

const because = ({ type, data }: Changed): Pick<CountReplyAgain, 'because' | 'undecidedAt'> => {
  switch (type) {
    case 'MeetingPlanned':
    case 'MeetingMoved':
    case 'MeetingCancelled':
    case 'PreparationStepsSet':
      return { because: 'calendar-changed' };
    case 'BoardSucceeded':
    case 'SuccessionWithdrawn':
      return { because: 'board-succeeded' };
    case 'ParagraphRecorded':
    case 'ParagraphCorrected':
      return { because: 'not-decided', undecidedAt: data.meeting };
    default:
      return never({ type, data } as never);
  }
};
