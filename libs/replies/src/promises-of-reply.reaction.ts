import { actionsView, PromiseAction } from '#libs/actions';
import { reaction } from '#libs/reactions';
import { proposedBy } from './concerned.query.js';
import { ReplyGiven } from './reply.events.js';

/** What a reply proposed is promised once the deciding board has approved it and it has been given (domain §3.2.4). */
export const repliesPromiseActions = reaction({
  name: 'replies-promise-actions',
  on: [ReplyGiven],
  targets: ({ data: { reply } }, asOf) => asOf([actionsView], proposedBy(reply)),
  react: ({ data: { on, decision } }, action) => Object.assign(new PromiseAction(), { action, on, decision }),
});
