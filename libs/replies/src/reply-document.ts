import type { Audit, Position } from '#libs/audits';
import { longDate, type Day } from '#libs/kernel';
import { ROLE_NAMES, type Register } from '#libs/organisation';
import type { Known } from './reply.js';

/** A reply as a document: what its PDF and its DOCX say, in Swedish, as it goes to the auditors. */
export interface ReplyDocument {
  readonly title: string;
  /** Municipality, then the board that answers. */
  readonly from: readonly string[];
  readonly kind: string;
  /** Name and value, in the letterhead. */
  readonly facts: readonly (readonly [string, string])[];
  /** A proposal says so, until the board has decided. */
  readonly standing: string;
  readonly report: readonly (readonly [string, string])[];
  readonly recommendations: readonly {
    readonly heading: string;
    readonly wording: string;
    readonly position?: string;
    readonly comment?: string;
  }[];
  readonly preparation: readonly (readonly [string, string])[];
  readonly signOffs: readonly (readonly [string, string, string])[];
}

const POSITION_NAMES: Readonly<Record<Position, string>> = {
  agrees: 'Nämnden instämmer i rekommendationen.',
  'in-part': 'Nämnden instämmer delvis i rekommendationen.',
  disagrees: 'Nämnden instämmer inte i rekommendationen.',
  'comment-only': 'Nämnden lämnar endast en kommentar.',
};
const UNKNOWN = 'uppgift saknas';

const upper = (text: string): string => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);
const on = (day: Day): string => longDate(day).sv.replace(/^\S+ /, '');

/** The reply's own facts, the report that it answers and the register, as a document. What is unknown is said to be. */
export const replyDocument = (state: Known, audit: Audit, register: Pick<Register, 'unit' | 'holderOn'>, municipality: string, today: Day): ReplyDocument => {
  const named = (id: string): string => register.unit(id)?.name ?? id;
  const decided = state.status === 'approved' || state.status === 'given' ? state.approval : undefined;
  const board = decided?.decidedBy ?? register.holderOn(state.chain.decidingBoard, today);
  const { report, issuedBy, recommendations } = audit.status === 'registered' ? audit : { report: undefined, issuedBy: undefined, recommendations: {} };
  const number = state.officerReport?.registryNumber;
  const dated = state.status === 'given' ? state.givenOn : (decided?.on ?? state.officerReport?.on);
  const own = audit.status === 'registered' ? audit.referrals[state.board]?.received?.registryNumber : undefined;
  return {
    title: `Yttrande över revisionsrapporten ${report?.title ?? UNKNOWN}`,
    from: [municipality, upper(named(board))],
    kind: 'Yttrande',
    facts: [
      ['Datum', dated === undefined ? UNKNOWN : dated],
      ['Dnr', number ?? own ?? UNKNOWN],
    ],
    standing: standingOf(state, decided && named(decided.decidedBy)),
    report: [
      ['Rapport', [report?.numbers[0], report?.title].filter((part) => part !== undefined).join(', ') || UNKNOWN],
      ['Revisionens diarienummer', report?.registryNumber ?? UNKNOWN],
      ['Lämnad av', issuedBy === undefined ? UNKNOWN : upper(named(issuedBy))],
      ['Överlämnad', state.referredOn === undefined ? UNKNOWN : on(state.referredOn)],
      [
        'Sista svarsdag',
        state.kind === 'possible-reply' ? 'ingen (för kännedom och eventuellt yttrande)' : state.dueOn === undefined ? UNKNOWN : on(state.dueOn),
      ],
    ],
    recommendations: Object.values(recommendations)
      .filter(({ recommendation, addressees }) => recommendation in state.comments || addressees.includes(state.board))
      .map(({ recommendation, number: nr, wording }) => {
        const said = state.comments[recommendation];
        return {
          heading: `Rekommendation ${nr}`,
          wording,
          ...(said?.position !== undefined && { position: POSITION_NAMES[said.position] }),
          ...(said !== undefined && { comment: said.comment }),
        };
      }),
    preparation: [
      ...(state.officerReport ? [[`Tjänsteutlåtande`, on(state.officerReport.on)] as const] : []),
      ...state.consultations.toSorted((a, b) => (a.on < b.on ? -1 : 1)).map(({ body, on: day }) => [upper(body), on(day)] as const),
      ...(decided ? [[`Beslut i ${named(decided.decidedBy)}`, on(decided.on)] as const] : []),
      ...(state.status === 'given' ? [['Expedierat', on(state.givenOn)] as const] : []),
    ],
    signOffs: state.signOffs
      .toSorted((a, b) => (a.on < b.on ? -1 : 1))
      .map(({ role, unit, on: day, acting }) => [`${acting ? 'T.f. ' : ''}${acting ? ROLE_NAMES[role].sv : upper(ROLE_NAMES[role].sv)}`, named(unit), day]),
  };
};

const standingOf = (state: Known, decidedBy: string | undefined): string => {
  if (state.status === 'given') return `Yttrandet godkändes av ${decidedBy ?? UNKNOWN} den ${on(state.approval.on)} och lämnades den ${on(state.givenOn)}.`;
  if (state.status === 'approved') return `Yttrandet godkändes av ${decidedBy ?? UNKNOWN} den ${on(state.approval.on)}. Det är ännu inte expedierat.`;
  return 'Förslag till yttrande. Nämnden har ännu inte beslutat.';
};
