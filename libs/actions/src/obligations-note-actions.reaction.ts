import { NoteAction } from '#libs/audits';
import { reaction } from '#libs/reactions';
import {
  ActionDayMoved,
  ActionDone,
  ActionDropped,
  ActionEnded,
  ActionPromised,
  ActionProposed,
  ActionTransferred,
  ActionWithdrawn,
  DoneConfirmed,
  DoneRejected,
  EvidenceAdded,
  FirstDaySet,
  TimeReadAnew,
} from './action.events.js';

/** Each obligation that an action answers is told how the action stands; one that it answers no more, that it was transferred. */
export const obligationsNoteActions = reaction({
  name: 'obligations-note-actions',
  on: [
    ActionProposed,
    ActionPromised,
    ActionWithdrawn,
    TimeReadAnew,
    FirstDaySet,
    ActionDayMoved,
    ActionEnded,
    ActionDone,
    DoneConfirmed,
    DoneRejected,
    EvidenceAdded,
    ActionDropped,
    ActionTransferred,
  ],
  targets: ({ data }) => [...new Set([...data.obligations, ...('from' in data && Array.isArray(data.from) ? data.from : [])])],
  react: ({ data }, target) => {
    const answersNoMore = !data.obligations.includes(target);
    return Object.assign(new NoteAction(), {
      obligation: target,
      action: data.action,
      ...data.stands,
      ...(answersNoMore && { status: 'transferred' }),
    });
  },
});
