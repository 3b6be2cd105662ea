import type { ActionKind, ActionState } from '#libs/audits';
import { col, rowView } from '#libs/views';
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

const KEY = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

/** One row per action and obligation: the link of the chain from recommendation to action, walkable both ways. */
export const actionObligationsView = rowView({
  name: 'action_obligations',
  version: 1,
  columns: {
    action: col.uuid(),
    obligation: col.uuid(),
    kind: col.text<ActionKind>(),
    /** As the obligation is told; `transferred` where the action answers it no more. */
    status: col.text<ActionState>(),
    promisedOn: col.optional(col.day()),
    firstPromisedOn: col.optional(col.day()),
  },
  reads: [
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
  keys: ({ data }) => {
    const left = 'from' in data && Array.isArray(data.from) ? data.from : [];
    return [...new Set([...data.obligations, ...left])].map((obligation) => `${data.action}.${obligation}`);
  },
  indexes: [['obligation', 'status'], ['action']],
  fold: (_row, { data }, key) => {
    const [, action, obligation] = KEY.exec(key) ?? [];
    if (action === undefined || obligation === undefined) throw new Error(`${key} names no action and obligation`);
    const { kind, status, promisedOn = null, firstPromisedOn = null } = data.stands;
    return { action, obligation, kind, status: data.obligations.includes(obligation) ? status : 'transferred', promisedOn, firstPromisedOn };
  },
});
