import { actionObligationsView, actionsView } from '#libs/actions';
import { agreementLinksView, agreementPartiesView, agreementsView } from '#libs/agreements';
import { auditsView, obligationsView, recommendationsView } from '#libs/audits';
import type { Reach } from '#libs/commands';
import { never } from '#libs/kernel';
import { repliesView, replyId } from '#libs/replies';
import { responsibilityRulesView } from '#libs/responsibilities';
import { sql, type Found, type Read, type RowView, type Sql } from '#libs/views';
import type { ChainKind } from './chain.js';

// Which rows of which views belong to a chain, walked up and down from any of them.

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

export type Walked = Acted & Agreed;

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

/** Everything that leads to a thing, and that it leads to. */
export const walk = async (read: Read, kind: ChainKind, id: string): Promise<Walked> => {
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
export const shownOf = (walked: Walked, asked: string, { units }: Reach): Walked => {
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
