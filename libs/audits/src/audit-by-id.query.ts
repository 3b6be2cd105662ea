import { Type } from 'typebox';
import { Executor, Moments, Streams, type Asking, type Reach } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Day } from '#libs/kernel';
import { registerOf, type Register } from '#libs/organisation';
import { StatedShown, statementsShown } from '#libs/statements';
import { sql, type Found, type Views } from '#libs/views';
import { audit as auditStream, type Recommendation, type Referral, type RegisteredAudit, type Report } from './audit.js';
import { noSuchAudit } from './audit.refusals.js';
import { obligationId } from './obligation.js';
import { obligationsView } from './obligations.view.js';
import { present } from './present.js';
import { named, organisationAt } from './register-read.js';

/** One audit, now or as it was recorded. */
export class AuditById extends Query {
  @Id('The audit.') audit!: string;
}

/** What of a report may be unknown. */
const MAY_BE_UNKNOWN = ['registryNumber', 'periodAudited', 'reportOn', 'handedOverOn'] as const satisfies readonly (keyof Report)[];

/** Every board that an audit concerns: whoever holds what one of them had may see it. */
const boardsOf = ({ referrals, recommendations, factChecks }: RegisteredAudit): readonly string[] => [
  ...new Set([
    ...Object.keys(referrals),
    ...Object.values(recommendations).flatMap(({ addressees, dropped }) => [...addressees, ...dropped]),
    ...factChecks.flatMap(({ boards }) => boards),
  ]),
];

/** Whether an audit may be shown to somebody of that reach. */
export const showsAudit = (state: RegisteredAudit, { units }: Reach): boolean => units === undefined || boardsOf(state).some((board) => units.includes(board));

/**
 * The audit’s page. It folds the audit’s own stream, so that it is never behind; how its obligations stand is read from their list.
 * @throws Refusal `audit.unknown` where there is none, or it concerns none of the asker’s boards
 */
export const auditById = async (
  { audit, asOf }: AuditById,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
  views: Views,
  moments: Moments,
) => {
  const { state, etag } = await streams.tell(tenant, auditStream, audit, asOf);
  if (state.status === 'none' || !showsAudit(state, reach)) throw noSuchAudit();
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const register = registerOf(await organisationAt(executor, streams, tenant, asOf));
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const { rows } = await views.read(tenant, (read) => read.list(obligationsView, { where: sql`audit = ${audit}`, order: sql`key`, limit: MANY }), { at });
  const obligations = new Map(rows.map((row) => [row.key, row]));
  return {
    audit,
    report: {
      ...state.report,
      issuedBy: named(register, state.issuedBy),
      ...(state.report.expert !== undefined && { expert: named(register, state.report.expert) }),
      unknown: [...(state.report.numbers.length === 0 ? ['numbers'] : []), ...MAY_BE_UNKNOWN.filter((name) => state.report[name] === undefined)],
    },
    factChecks: state.factChecks.map(({ boards, on, answerBy, answers }) => ({
      boards: boards.map((board) => named(register, board)),
      on,
      ...present({ answerBy }),
      answers: answers.map(({ board, ...answer }) => ({ board: named(register, board), ...answer })),
    })),
    referrals: Object.values(state.referrals).map((referral) => referralShown(referral, register, today)),
    recommendations: Object.values(state.recommendations).map((made) => recommendationShown(made, obligations, register, today)),
    statements: statementsShown(state.statements),
    etag,
  };
};

/** More obligations than any report makes. */
const MANY = 10_000;

const referralShown = ({ board, received, reply, ...referral }: Referral, register: Register, today: Day) => ({
  board: named(register, board),
  holder: named(register, register.holderOn(board, today)),
  ...referral,
  // Nothing is late where the last day is unknown.
  lastReplyDayUnknown: referral.kind === 'for-reply' && referral.lastReplyOn === undefined,
  ...(received && { received }),
  reply: reply ?? { state: 'none-known' },
});

const recommendationShown = (
  { addressees, dropped, ...made }: Recommendation,
  obligations: ReadonlyMap<
    string,
    Found<{ status: string; unit: string; judged: string | null; nextOn: Day | null; repliedOn: Day | null; proposedReply: boolean }>
  >,
  register: Register,
  today: Day,
) => ({
  ...made,
  addressees: addressees.map((board) => {
    const obligation = obligationId(made.recommendation, board);
    const row = obligations.get(obligation);
    return {
      board: named(register, board),
      obligation,
      ...(row && {
        holder: named(register, register.holderOn(row.unit, today)),
        status: row.status,
        reply: row.repliedOn !== null ? 'given' : row.proposedReply ? 'proposed' : 'none-known',
        ...present({ judged: row.judged, nextOn: row.nextOn }),
      }),
    };
  }),
  dropped: dropped.map((board) => named(register, board)),
});

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const open = { additionalProperties: true } as const;

/** What the page of an audit holds. What is left out is unknown; `report.unknown` says so by name. */
export const AuditOnPage = Type.Object({
  audit: IdType('The audit.'),
  report: Type.Object(
    {
      numbers: Type.Array(Type.String(), { description: 'As they are written.' }),
      title: Type.String(),
      issuedBy: Named,
      expert: Type.Optional(Named),
      registryNumber: Type.Optional(Type.String()),
      periodAudited: Type.Optional(Type.String()),
      reportOn: Type.Optional(DayType('The day of the report.')),
      handedOverOn: Type.Optional(DayType('The day of handing over.')),
      unknown: Type.Array(Type.String(), { description: 'What of the report nobody knows.' }),
    },
    { description: 'The report.' },
  ),
  factChecks: Type.Array(Type.Object({}, open), { description: 'Drafts sent for fact check, and the answers.' }),
  referrals: Type.Array(Type.Object({ board: Named, holder: Named, kind: Type.String(), lastReplyDayUnknown: Type.Boolean() }, open), {
    description: 'Whom the report was handed over to, for what, with reception and reply.',
  }),
  recommendations: Type.Array(
    Type.Object({ recommendation: IdType('The recommendation.'), number: Type.String(), wording: Type.String(), addressed: Type.String() }, open),
    { description: 'With the wordings of other documents, and how the obligation of each addressee stands.' },
  ),
  statements: Type.Array(StatedShown, { description: 'What sources state in several ways; `differ` flags what they disagree about.' }),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

/** An audit as the API description shows it. */
export const auditExample = {
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  report: {
    numbers: ['Nr 5 2020'],
    title: 'Uppföljning av korttidstillsyn',
    registryNumber: '3.1.3-104/2020',
    handedOverOn: '2020-05-25',
    issuedBy: { id: '4c2b6a80-1d3e-4f5a-8b7c-9d0e1f2a3b4c', name: 'Stadsrevisionen' },
    unknown: ['periodAudited', 'reportOn'],
  },
  factChecks: [],
  referrals: [
    {
      board: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Östermalms stadsdelsnämnd' },
      holder: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Östermalms stadsdelsnämnd' },
      kind: 'for-reply',
      lastReplyOn: '2020-10-15',
      lastReplyDayUnknown: false,
      received: { on: '2020-05-28', patternKnown: true },
      reply: { state: 'none-known' },
    },
  ],
  recommendations: [
    {
      recommendation: '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f',
      number: 'R3',
      wording: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.',
      addressed: 'group',
      quotations: [],
      addressees: [
        { board: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Östermalms stadsdelsnämnd' }, obligation: '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31' },
      ],
      dropped: [],
    },
  ],
  statements: [],
  etag: 4,
};
