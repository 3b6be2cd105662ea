import { periodOn } from '#libs/agreements';
import type { Day } from '#libs/kernel';
import { replyId } from '#libs/replies';
import { RESPONSIBILITY_KIND_NAMES } from '#libs/responsibilities';
import { known, link, type ChainLink, type ChainNode } from './chain.js';
import type { Walked } from './chain-walk.query.js';
import type { RegisterThen } from './register-then.js';

// How the rows of a chain are shown, and what leads to what.

/** How a rule stands on a day. */
const standingOn = ({ withdrawn, validFrom, validTo }: Walked['rules'][number], on: Day): string => {
  if (withdrawn) return 'withdrawn';
  if (validFrom > on) return 'not-yet';
  return validTo !== null && validTo < on ? 'ended' : 'in-force';
};

export const nodesOf = (
  { audits, recommendations, obligations, replies, actions, agreements, rules }: Walked,
  { register, on, name }: RegisterThen,
): readonly ChainNode[] => {
  const at = (board: string) => {
    const holder = register.holderOn(board, on);
    return { board, boardName: name(board), holder, holderName: name(holder) };
  };
  return [
    ...audits.map((row): ChainNode => ({ kind: 'audit', id: row.key, name: row.numbers[0] ?? row.title, text: row.title, ...known({ on: row.handedOverOn }) })),
    ...recommendations.map((row): ChainNode => ({
      kind: 'recommendation',
      id: row.key,
      name: row.number,
      text: row.wording,
      ...(row.withdrawnOn !== null && { status: 'withdrawn' }),
    })),
    ...obligations.map((row): ChainNode => ({
      kind: 'obligation',
      id: row.key,
      name: row.number,
      ...at(row.unit),
      board: row.board,
      boardName: name(row.board),
      status: row.status,
      ...known({ on: row.arisenOn, dueOn: row.nextOn }),
    })),
    ...replies.map((row): ChainNode => ({
      kind: 'reply',
      id: row.key,
      name: 'Yttrande',
      ...at(row.board),
      status: row.status,
      ...known({ on: row.givenOn, dueOn: row.givenOn === null ? row.dueOn : null }),
    })),
    ...actions.map((row): ChainNode => ({
      kind: 'action',
      id: row.key,
      name: row.title,
      ...at(row.board),
      status: row.status,
      ...known({ on: row.overOn, dueOn: row.dueOn }),
    })),
    ...agreements.map((row): ChainNode => {
      const period = periodOn(row.periods, on);
      const begun = row.periods.some((one) => one.on <= on);
      return {
        kind: 'agreement',
        id: row.key,
        name: row.title,
        ...at(row.proposedBy),
        status: period ? 'in-force' : begun ? 'not-in-force' : 'proposed',
        ...known({ on: period?.on, dueOn: row.reviewDueOn }),
      };
    }),
    ...rules.map((row): ChainNode => ({
      kind: 'rule',
      id: row.key,
      name: RESPONSIBILITY_KIND_NAMES[row.kind].sv,
      ...(row.basis !== null && { text: row.basis }),
      ...(row.answer?.board !== undefined && at(row.answer.board)),
      status: standingOn(row, on),
      on: row.validFrom,
    })),
  ];
};

export const linksOf = ({ recommendations, obligations, actions, answers, ledTo, rules }: Walked): readonly ChainLink[] => [
  ...recommendations.map(({ key, audit }) => link(audit, key, 'recommends')),
  ...recommendations.flatMap(({ key, repeats }) => (repeats === null ? [] : [link(repeats, key, 'repeated-by')])),
  ...obligations.map(({ key, recommendation }) => link(recommendation, key, 'addressed-to')),
  ...obligations.map(({ key, audit, board }) => link(key, replyId(audit, board), 'answered-by')),
  ...actions.flatMap(({ key, reply }) => (reply === null ? [] : [link(reply, key, 'describes')])),
  ...actions.flatMap(({ key, toAction }) => (toAction === null ? [] : [link(key, toAction, 'goes-on-as')])),
  ...answers.filter(({ status }) => status !== 'transferred').map(({ action, obligation }) => link(obligation, action, 'met-by')),
  ...ledTo.map(({ source, agreement }) => link(source, agreement, 'led-to')),
  ...rules.flatMap(({ key, agreement }) => (agreement === null ? [] : [link(agreement, key, 'makes')])),
];
