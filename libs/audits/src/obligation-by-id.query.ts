import { Type } from 'typebox';
import { Executor, Streams, within, type Asking, type Happened, type Reach } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { addDays, DayType, IdType, stockholmDay, type Day } from '#libs/kernel';
import { registerOf, type Organisation, type Register } from '#libs/organisation';
import { StatedShown, statementsShown } from '#libs/statements';
import { audit as auditStream, type Audit } from './audit.js';
import { awaitedDays, requestsShown } from './obligation-days.js';
import type { ObligationEvent } from './obligation.events.js';
import { allottedOn, boardOfObligation, heldBy, obligation as obligationStream, standingJudgement, type Arisen, type Obligation } from './obligation.js';
import { noSuchObligation } from './obligation.refusals.js';
import { present } from './present.js';
import { named, organisationAt } from './register-read.js';

/** One obligation, now or as it was recorded. */
export class ObligationById extends Query {
  @Id('The obligation.') obligation!: string;
}

/**
 * The obligation’s page. It folds the streams of the obligation and of its audit, so that it is never behind.
 * @throws Refusal `obligation.unknown` where there is none, or another board holds it
 */
export const obligationById = async (
  { obligation, asOf }: ObligationById,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
) => {
  const { state, etag, happened } = await streams.tell(tenant, obligationStream, obligation, asOf);
  if (state.status === 'none' || !within(reach, boardOfObligation(state) ?? state.board)) throw noSuchObligation();
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const [{ state: audit }, organisation] = await Promise.all([
    streams.tell(tenant, auditStream, state.audit, asOf),
    organisationAt(executor, streams, tenant, asOf),
  ]);
  const register = registerOf(organisation);
  const days = awaitedDays(state, today);
  const stands = standingJudgement(state.judgements);
  return {
    obligation,
    number: state.number,
    addressed: state.addressed,
    ...standing(state),
    board: named(register, state.board),
    holder: named(register, heldBy(state, today, register)),
    holders: holdersOf(state, organisation, register),
    ...fromAudit(audit, state, register),
    ...present({ handedOverOn: state.handedOverOn, receivedOn: state.receivedOn }),
    reply: replyOf(state),
    actions: Object.entries(state.actions).map(([action, noted]) => ({ action, ...noted })),
    ...(state.lastDay && { lastDay: state.lastDay }),
    lastDayAsked: state.asksLastDay,
    ...(stands && { judged: stands }),
    judgements: judgementsOf(happened),
    objections: state.objections,
    requests: requestsShown(state, today),
    days,
    ...(days[0] && { next: days[0] }),
    etag,
  };
};

const standing = (state: Exclude<Obligation, { status: 'none' }>) => {
  switch (state.status) {
    case 'open':
      return { status: state.status, ...(state.reopened && { reopened: state.reopened }) };
    case 'implemented':
      return { status: state.status, implementation: state.implementation };
    case 'withdrawn':
      return { status: state.status, withdrawn: { on: state.withdrawnOn, reason: state.reason } };
  }
};

const replyOf = ({ reply, replyDueOn }: Arisen) => ({
  state: reply?.givenOn !== undefined ? 'given' : reply?.proposed ? 'proposed' : 'none-known',
  ...reply,
  ...present({ dueOn: replyDueOn }),
});

/** The report, the recommendation in the auditors’ and in other words, the board’s referral, and what sources state in several ways. */
const fromAudit = (audit: Audit, { audit: id, recommendation, board, repeats }: Arisen, register: Register) => {
  if (audit.status === 'none') return { audit: { audit: id } };
  const made = audit.recommendations[recommendation];
  const referral = audit.referrals[board];
  return {
    audit: { audit: id, numbers: audit.report.numbers, title: audit.report.title, issuedBy: named(register, audit.issuedBy) },
    recommendation: {
      recommendation,
      ...(made && { wording: made.wording, quotations: made.quotations }),
      ...(repeats !== undefined && { repeats, ...present({ repeatsAudit: made?.repeatsAudit }) }),
      ...(made?.withdrawn && { withdrawn: made.withdrawn }),
    },
    ...(referral && { referral: { ...referral, reply: referral.reply ?? { state: 'none-known' } } }),
    statements: statementsShown(audit.statements),
  };
};

/** Who has held the obligation, from the first known day on: a period for each holder. */
const holdersOf = (state: Arisen, organisation: Organisation, register: Register) => {
  const successions = organisation.status === 'registered' ? organisation.successions.map(({ on }) => on) : [];
  const since = state.handedOverOn ?? state.receivedOn;
  const changes = [...new Set([...successions, ...state.allotments.map(({ on }) => on)])].toSorted().filter((on) => since === undefined || on > since);
  const first = since ?? (changes[0] === undefined ? undefined : addDays(changes[0], -1));
  const holderAt = (on: Day) => register.holderOn(allottedOn(state, on), on);
  const begins = [{ on: since, holder: first === undefined ? state.board : holderAt(first) }];
  for (const on of changes) {
    const holder = holderAt(on);
    if (holder !== begins.at(-1)?.holder) begins.push({ on, holder });
  }
  return begins.map(({ on, holder }, place) => {
    const next = begins[place + 1]?.on;
    return { ...named(register, holder), ...present({ from: on, to: next === undefined ? undefined : addDays(next, -1) }) };
  });
};

/** Each judgement as it was recorded and as it was corrected, both visible, with who recorded it and when. */
const judgementsOf = (happened: readonly Happened<ObligationEvent>[]) => {
  const said = new Map<string, { readonly judgement: string; readonly versions: object[] }>();
  for (const { event } of happened) {
    if (event.type !== 'ObligationJudged' && event.type !== 'JudgementCorrected') continue;
    const { judgement, obligation: _, ...rest } = event.data;
    const known = said.get(judgement) ?? { judgement, versions: [] };
    said.set(judgement, known);
    known.versions.push({ ...rest, recordedAt: event.at, recordedBy: event.by.role });
  }
  return [...said.values()];
};

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const Text = Type.Object({ sv: Type.String(), en: Type.String() });
const open = { additionalProperties: true } as const;
const AwaitedDayShown = Type.Object({
  what: Type.String({ description: 'reply, last-day, promised-day or documents.' }),
  dueOn: DayType('The day.'),
  why: Text,
  action: Type.Optional(IdType('The action promised.')),
  request: Type.Optional(IdType('The request for documents.')),
  late: Type.Boolean(),
});

/** What the page of an obligation holds. What is left out is unknown, or has not been. */
export const ObligationOnPage = Type.Object({
  obligation: IdType('The obligation.'),
  number: Type.String({ description: 'The recommendation’s number.' }),
  addressed: Type.String({ description: 'named, group or as-interpreted.' }),
  status: Type.String({ description: 'open, implemented or withdrawn.' }),
  implementation: Type.Optional(Type.Object({}, open)),
  reopened: Type.Optional(Type.Object({}, { ...open, description: 'The board’s decision that a judgement has overruled.' })),
  withdrawn: Type.Optional(Type.Object({}, open)),
  board: Named,
  holder: Named,
  holders: Type.Array(
    Type.Object({ id: IdType('The board.'), name: Type.String(), from: Type.Optional(DayType('First day.')), to: Type.Optional(DayType('Last day.')) }),
    { description: 'Who has held it over time.' },
  ),
  audit: Type.Object({ audit: IdType('The audit.') }, open),
  recommendation: Type.Optional(Type.Object({}, { ...open, description: 'In the auditors’ words and in those of other documents.' })),
  referral: Type.Optional(Type.Object({}, open)),
  statements: Type.Optional(Type.Array(StatedShown)),
  handedOverOn: Type.Optional(DayType('The day of handing over.')),
  receivedOn: Type.Optional(DayType('The day it came in.')),
  reply: Type.Object({ state: Type.String() }, open),
  actions: Type.Array(Type.Object({ action: IdType('The action.') }, open)),
  lastDay: Type.Optional(Type.Object({ on: DayType('The last day.'), by: Type.String() })),
  lastDayAsked: Type.Boolean({ description: 'Judged not met, and a new last day is asked of the board.' }),
  judged: Type.Optional(Type.Object({}, { ...open, description: 'The judgement that stands. Left out: not yet judged, which is normal.' })),
  judgements: Type.Array(Type.Object({ judgement: IdType('The judgement.'), versions: Type.Array(Type.Object({}, open)) })),
  objections: Type.Array(Type.Object({}, open)),
  requests: Type.Array(Type.Object({}, open)),
  days: Type.Array(AwaitedDayShown, { description: 'Every day that it waits for, the next one first.' }),
  next: Type.Optional(AwaitedDayShown),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

const ostermalm = { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Östermalms stadsdelsnämnd' };
const norra = { id: '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b', name: 'Norra innerstadens stadsdelsnämnd' };
const next = {
  what: 'promised-day',
  dueOn: '2023-09-30',
  why: { sv: 'dagen är utlovad för åtgärden', en: 'the day was promised for the action' },
  action: '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d',
  late: false,
};

/** An obligation as the API description shows it. */
export const obligationExample = {
  obligation: '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31',
  number: 'R3',
  addressed: 'group',
  status: 'open',
  board: ostermalm,
  holder: norra,
  holders: [
    { ...ostermalm, from: '2020-05-25', to: '2023-06-30' },
    { ...norra, from: '2023-07-01' },
  ],
  audit: { audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31', numbers: ['Nr 5 2020'], title: 'Uppföljning av korttidstillsyn' },
  recommendation: {
    recommendation: '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f',
    wording: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.',
    quotations: [],
  },
  statements: [],
  handedOverOn: '2020-05-25',
  receivedOn: '2020-05-28',
  reply: { state: 'given', givenOn: '2020-10-01' },
  actions: [{ action: next.action, kind: 'promised', status: 'promised', promisedOn: '2023-09-30', firstPromisedOn: '2023-09-30' }],
  lastDayAsked: false,
  judgements: [],
  objections: [],
  requests: [],
  days: [next],
  next,
  etag: 6,
};
