import { Type } from 'typebox';
import { actionObligationsView, actionsView } from '#libs/actions';
import { agreementLinksView, agreementPartiesView, agreementsView, periodOn } from '#libs/agreements';
import { auditsView, obligationsView, recommendationsView } from '#libs/audits';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, Id, Query } from '#libs/fields';
import { CodeType, IdType, never, unknown, type Day } from '#libs/kernel';
import { repliesView, replyId } from '#libs/replies';
import { RESPONSIBILITY_KIND_NAMES, responsibilityRulesView } from '#libs/responsibilities';
import { sql, type Found, type Read, type RowView, type Sql, type Views } from '#libs/views';
import { CHAIN_KINDS, ChainLink, ChainNode, inChainOrder, known, link, linksAmong, type ChainKind } from './chain.js';
import { registerThen, type RegisterThen } from './register-then.js';

/** What leads to a thing, up to the report, and what it leads to, down to what is done and to the rules that came of it. */
export class Chain extends Query {
  @Code('What kind of thing.', CHAIN_KINDS, 'ChainKind') kind!: ChainKind;
  @Id('The thing.') id!: string;
}

export const ChainAnswer = Type.Object({
  kind: CodeType(CHAIN_KINDS, 'What was asked for.'),
  id: IdType('Which one.'),
  nodes: Type.Array(ChainNode, { description: 'From the report to what is done, and to the rules that came of it.' }),
  links: Type.Array(ChainLink),
});

type RowsOf<V> = V extends RowView<infer Row> ? Found<Row> : never;
type AuditRow = RowsOf<typeof auditsView>;
type RecommendationRow = RowsOf<typeof recommendationsView>;
type ObligationRow = RowsOf<typeof obligationsView>;
type ReplyRow = RowsOf<typeof repliesView>;
type ActionRow = RowsOf<typeof actionsView>;
type AnswersRow = RowsOf<typeof actionObligationsView>;
type AgreementRow = RowsOf<typeof agreementsView>;
type PartyRow = RowsOf<typeof agreementPartiesView>;
type LedToRow = RowsOf<typeof agreementLinksView>;
type RuleRow = RowsOf<typeof responsibilityRulesView>;

/** From the report to what is done. */
interface Acted {
  readonly audits: readonly AuditRow[];
  readonly recommendations: readonly RecommendationRow[];
  readonly obligations: readonly ObligationRow[];
  readonly replies: readonly ReplyRow[];
  readonly actions: readonly ActionRow[];
  readonly answers: readonly AnswersRow[];
}

/** From what is done to who follows up whom. */
interface Agreed {
  readonly agreements: readonly AgreementRow[];
  readonly parties: readonly PartyRow[];
  readonly ledTo: readonly LedToRow[];
  readonly rules: readonly RuleRow[];
}

type Walked = Acted & Agreed;

/** More than any report leads to. */
const MOST = 20_000;
const rowsOf = <Row>(read: Read, view: RowView<Row>, where: Sql): Promise<readonly Found<Row>[]> => read.page(view, { where, order: sql`key`, limit: MOST });
const byKey = <Row>(read: Read, view: RowView<Row>, keys: readonly (string | null)[]): Promise<readonly Found<Row>[]> =>
  rowsOf(read, view, sql`key = any(${[...new Set(keys.filter((key) => key !== null))]})`);

/** Down from obligations: the replies that answer them, and the actions that meet them or that those replies describe. */
const downFrom = async (read: Read, obligations: readonly ObligationRow[], replyIds: readonly string[]) => {
  const ids = obligations.map(({ key }) => key);
  const replies = await byKey(read, repliesView, [...replyIds, ...obligations.map(({ audit, board }) => replyId(audit, board))]);
  const answers = await rowsOf(read, actionObligationsView, sql`obligation = any(${ids})`);
  const described = replies.map(({ key }) => key);
  const answering = answers.map(({ action }) => action);
  const actions = await rowsOf(read, actionsView, sql`key = any(${answering}) or reply = any(${described})`);
  const next = await byKey(
    read,
    actionsView,
    actions.map(({ toAction }) => toAction),
  );
  const others = next.filter(({ key }) => !actions.some((one) => one.key === key));
  return { replies, answers, actions: [...actions, ...others] };
};

/** Up from obligations: their recommendations, those that these repeat, and the reports. */
const upFrom = async (read: Read, obligations: readonly ObligationRow[], more: readonly RecommendationRow[] = []) => {
  const own = await byKey(
    read,
    recommendationsView,
    obligations.map(({ recommendation }) => recommendation),
  );
  const first = [...new Map([...own, ...more].map((row) => [row.key, row])).values()];
  const repeated = await byKey(
    read,
    recommendationsView,
    first.map(({ repeats }) => repeats),
  );
  const recommendations = [...new Map([...first, ...repeated].map((row) => [row.key, row])).values()];
  return {
    recommendations,
    audits: await byKey(
      read,
      auditsView,
      recommendations.map(({ audit }) => audit),
    ),
  };
};

/** Agreements that some links lead to, and the rules that these made. */
const agreed = async (read: Read, ledTo: readonly LedToRow[], itself: readonly string[] = []): Promise<Agreed> => {
  const agreements = await byKey(read, agreementsView, [...itself, ...ledTo.map(({ agreement }) => agreement)]);
  const ids = agreements.map(({ key }) => key);
  return {
    agreements,
    parties: await rowsOf(read, agreementPartiesView, sql`agreement = any(${ids})`),
    ledTo,
    rules: await rowsOf(read, responsibilityRulesView, sql`agreement = any(${ids})`),
  };
};

/** Up from agreements: what led to them, the recommendations that it answers, and the reports. */
const ledToBy = async (read: Read, agreements: readonly string[]): Promise<Walked> => {
  const ledTo = await rowsOf(read, agreementLinksView, sql`agreement = any(${agreements})`);
  const sources = ledTo.map(({ source }) => source);
  const actions = await rowsOf(read, actionsView, sql`key = any(${sources}) or to_action = any(${sources})`);
  const acting = actions.map(({ key }) => key);
  const answers = await rowsOf(read, actionObligationsView, sql`action = any(${acting})`);
  const obligations = await byKey(read, obligationsView, [...sources, ...answers.map(({ obligation }) => obligation)]);
  const replies = await byKey(read, repliesView, [...actions.map(({ reply }) => reply), ...obligations.map(({ audit, board }) => replyId(audit, board))]);
  return { ...(await upFrom(read, obligations)), obligations, replies, actions, answers, ...(await agreed(read, ledTo, agreements)) };
};

const NOTHING: Walked = {
  audits: [],
  recommendations: [],
  obligations: [],
  replies: [],
  actions: [],
  answers: [],
  agreements: [],
  parties: [],
  ledTo: [],
  rules: [],
};

const walk = async (read: Read, kind: ChainKind, id: string): Promise<Walked> => {
  switch (kind) {
    case 'agreement':
      return ledToBy(read, [id]);
    case 'rule': {
      const rules = await rowsOf(read, responsibilityRulesView, sql`key = ${id} and what = 'rule'`);
      const made = rules.flatMap(({ agreement }) => agreement ?? []);
      return { ...(made.length > 0 ? await ledToBy(read, made) : NOTHING), rules };
    }
    case 'audit':
    case 'recommendation':
    case 'obligation':
    case 'reply':
    case 'action': {
      const acted = await actedOn(read, kind, id);
      // what an action led to, and not what else the obligations led to that it meets
      const sources = [...acted.actions, ...(kind === 'action' ? [] : acted.obligations)].map(({ key }) => key);
      return { ...acted, ...(await agreed(read, await rowsOf(read, agreementLinksView, sql`source = any(${sources})`))) };
    }
    default:
      return never(kind);
  }
};

const actedOn = async (read: Read, kind: Exclude<ChainKind, 'agreement' | 'rule'>, id: string): Promise<Acted> => {
  switch (kind) {
    case 'audit': {
      const obligations = await rowsOf(read, obligationsView, sql`audit = ${id}`);
      const replies = await rowsOf(read, repliesView, sql`audit = ${id}`);
      const more = await rowsOf(read, recommendationsView, sql`audit = ${id}`);
      const up = await upFrom(read, obligations, more);
      const audits = up.audits.some(({ key }) => key === id) ? up.audits : [...up.audits, ...(await byKey(read, auditsView, [id]))];
      return {
        ...(await downFrom(
          read,
          obligations,
          replies.map(({ key }) => key),
        )),
        obligations,
        recommendations: up.recommendations,
        audits,
      };
    }
    case 'recommendation': {
      const obligations = await rowsOf(read, obligationsView, sql`recommendation = ${id}`);
      const around = await rowsOf(read, recommendationsView, sql`key = ${id} or repeats = ${id}`);
      return { ...(await downFrom(read, obligations, [])), obligations, ...(await upFrom(read, obligations, around)) };
    }
    case 'obligation': {
      const obligations = await byKey(read, obligationsView, [id]);
      return { ...(await downFrom(read, obligations, [])), obligations, ...(await upFrom(read, obligations)) };
    }
    case 'reply': {
      const [reply] = await byKey(read, repliesView, [id]);
      const obligations = reply ? await rowsOf(read, obligationsView, sql`audit = ${reply.audit} and board = ${reply.board}`) : [];
      const up = await upFrom(read, obligations);
      const audits = up.audits.length > 0 || !reply ? up.audits : await byKey(read, auditsView, [reply.audit]);
      return { ...(await downFrom(read, obligations, [id])), obligations, recommendations: up.recommendations, audits };
    }
    case 'action': {
      const own = await rowsOf(read, actionsView, sql`key = ${id} or to_action = ${id}`);
      const answered = await rowsOf(read, actionObligationsView, sql`action = ${id}`);
      const obligations = await byKey(
        read,
        obligationsView,
        answered.map(({ obligation }) => obligation),
      );
      const described = own.flatMap(({ reply }) => reply ?? []);
      const replies = await byKey(read, repliesView, [...described, ...obligations.map(({ audit, board }) => replyId(audit, board))]);
      const next = await byKey(
        read,
        actionsView,
        own.map(({ toAction }) => toAction),
      );
      const actions = [...new Map([...own, ...next].map((row) => [row.key, row])).values()];
      return { replies, answers: answered, actions, obligations, ...(await upFrom(read, obligations)) };
    }
    default:
      return never(kind);
  }
};

/**
 * What of it the asker may see: a recommendation and its report where one of its boards is the asker's, an agreement where one of its parties is.
 * Who is responsible by a rule everybody may ask.
 */
const shownOf = (walked: Walked, asked: string, { units }: Reach): Walked => {
  if (units === undefined) return walked;
  const own = (unit: string) => units.includes(unit);
  const recommendations = walked.recommendations.filter(({ addressees }) => addressees.some(own));
  const replies = walked.replies.filter(({ board }) => own(board));
  const agreements = walked.agreements.filter(({ key }) => walked.parties.some(({ agreement, board }) => agreement === key && own(board)));
  const audits = new Set([...recommendations, ...replies].map(({ audit }) => audit));
  return {
    ...walked,
    audits: walked.audits.filter(({ key }) => audits.has(key)),
    recommendations,
    obligations: walked.obligations.filter(({ unit }) => own(unit)),
    replies,
    actions: walked.actions.filter(({ board, unit }) => own(board) || own(unit)),
    agreements,
    rules: walked.rules.filter((rule) => rule.key === asked || agreements.some(({ key }) => key === rule.agreement)),
  };
};

/** How a rule stands on a day. */
const standingOn = ({ withdrawn, validFrom, validTo }: RuleRow, on: Day): string => {
  if (withdrawn) return 'withdrawn';
  if (validFrom > on) return 'not-yet';
  return validTo !== null && validTo < on ? 'ended' : 'in-force';
};

const nodesOf = (
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

const linksOf = ({ recommendations, obligations, actions, answers, ledTo, rules }: Walked): readonly ChainLink[] => [
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

/** @throws Refusal `chain.unknown` where there is no such thing, or it is out of the asker's reach */
export const chain = async (
  { kind, id, asOf }: Chain,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const walked = shownOf(await views.read(asking.tenant, (read) => walk(read, kind, id), { at }), id, asking.reach);
  const nodes = inChainOrder(nodesOf(walked, then));
  if (!nodes.some((node) => node.kind === kind && node.id === id))
    throw unknown('chain.unknown', {
      sv: 'Det finns inget sådant, eller så är det utom räckhåll för din roll.',
      en: 'There is no such thing, or it is out of reach for your role.',
    });
  return { kind, id, nodes, links: linksAmong(nodes, linksOf(walked)) };
};

const AUDIT = '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31';
const R3 = '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f';
const OBLIGATION = '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31';
const ACTION = '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d';
const ostermalm = { board: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', boardName: 'Östermalms stadsdelsnämnd' };
const held = { holder: '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b', holderName: 'Norra innerstadens stadsdelsnämnd' };

/** A chain as the API description shows it. */
export const chainExample = {
  kind: 'obligation',
  id: OBLIGATION,
  nodes: [
    { kind: 'audit', id: AUDIT, name: 'Nr 5 2020', text: 'Uppföljning av korttidstillsyn', on: '2020-05-25' },
    { kind: 'recommendation', id: R3, name: 'R3', text: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.' },
    { kind: 'obligation', id: OBLIGATION, name: 'R3', ...ostermalm, ...held, status: 'open', on: '2020-05-28', dueOn: '2023-09-30' },
    { kind: 'action', id: ACTION, name: 'Kollegial granskning av genomförandeplaner', ...ostermalm, ...held, status: 'promised', dueOn: '2023-09-30' },
  ],
  links: [link(AUDIT, R3, 'recommends'), link(R3, OBLIGATION, 'addressed-to'), link(OBLIGATION, ACTION, 'met-by')],
};
