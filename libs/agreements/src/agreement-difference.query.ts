import { diffLines, diffWords } from 'diff';
import { Type } from 'typebox';
import type { Asking, Reach, Streams } from '#libs/commands';
import { Query, Id, Sha256 } from '#libs/fields';
import type { ClauseRuleData } from '#libs/responsibilities';
import { forbidden } from '#libs/kernel';
import { assertWithin } from './agreement-by-id.query.js';
import { foundVersion } from './agreement.refusals.js';
import { agreement, type Version } from './agreement.js';
import { reservedChanges } from './version.js';

/** What differs between two versions of an agreement: line by line, and clause by clause. */
export class AgreementDifference extends Query {
  @Id('The agreement.') agreement!: string;
  @Sha256('The one version; the one that the other revises, or the one registered before it, where left out.', { optional: true }) from?: string;
  @Sha256('The other; the one registered last, where left out.', { optional: true }) to?: string;
}

/** Part of a line, or a whole one. */
interface Piece {
  readonly change: 'same' | 'added' | 'removed';
  readonly text: string;
}
export interface Line extends Piece {
  /** Where a line was reworded: which words. */
  readonly words?: readonly Piece[];
}

const changeOf = ({ added, removed }: { readonly added?: boolean; readonly removed?: boolean }): Piece['change'] =>
  added ? 'added' : removed ? 'removed' : 'same';
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

/** The lines of two texts, those that were reworded with their words. */
export const differingLines = (before: string, after: string): readonly Line[] => {
  const parts = diffLines(before, after, { ignoreNewlineAtEof: true });
  return parts.flatMap((part, place): readonly Line[] => {
    const change = changeOf(part);
    const lines = linesOf(part.value);
    // A removed run and the added one after it, line for line: reworded.
    const other =
      change === 'removed' && parts[place + 1]?.added ? parts[place + 1] : change === 'added' && parts[place - 1]?.removed ? parts[place - 1] : undefined;
    const others = other ? linesOf(other.value) : [];
    return lines.map((text, n): Line => {
      const reworded = others.length === lines.length ? others[n] : undefined;
      if (reworded === undefined) return { change, text };
      const words = change === 'removed' ? diffWords(text, reworded) : diffWords(reworded, text);
      const own = words.filter((one) => (change === 'removed' ? !one.added : !one.removed));
      return { change, text, words: own.map((one) => ({ change: changeOf(one), text: one.value })) };
    });
  });
};

interface ClauseChange {
  readonly clause: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: ClauseRuleData;
  readonly after?: ClauseRuleData;
  /** Which of its parts differ. */
  readonly parts?: readonly ('kind' | 'match' | 'answer' | 'basis')[];
}
const PARTS = ['kind', 'match', 'answer', 'basis'] as const;
const written = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : JSON.stringify(value);

/** The structured clauses of two versions, those that differ. */
export const differingClauses = (before: readonly ClauseRuleData[], after: readonly ClauseRuleData[]): readonly ClauseChange[] => {
  const names = [...new Set([...before, ...after].map(({ clause }) => clause))].toSorted((a, b) => a.localeCompare(b, 'sv', { numeric: true }));
  return names.flatMap((clause): readonly ClauseChange[] => {
    const [one, other] = [before.find((it) => it.clause === clause), after.find((it) => it.clause === clause)];
    if (!one || !other) return [{ clause, ...(one ? { change: 'removed', before: one } : { change: 'added', after: other! }) }];
    const parts = PARTS.filter((part) => written(one[part]) !== written(other[part]));
    return parts.length === 0 ? [] : [{ clause, change: 'changed', before: one, after: other, parts }];
  });
};

/** @throws Refusal `agreement.unknown`, `version.unknown` */
export const agreementDifference = async (
  { agreement: id, from, to, asOf }: AgreementDifference,
  { tenant, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
) => {
  const { state } = await streams.tell(tenant, agreement, id, asOf);
  assertWithin(state, reach);
  const after = to === undefined ? state.versions.at(-1) : foundVersion(state, to, '/to');
  if (!after) throw noVersion();
  const before =
    from === undefined ? (state.versions.find((one) => one.version === after.revises) ?? state.versions[after.number - 2]) : foundVersion(state, from, '/from');
  return difference(before, after);
};

const noVersion = () =>
  forbidden('version.none', {
    sv: 'Överenskommelsen har ingen text än. Registrera en version först.',
    en: 'The agreement has no text yet. Register a version first.',
  });

const NOTHING = { version: '', number: 0, text: '', attachments: [], clauses: [], terms: {}, parties: [] };

const has = (attachments: Version['attachments'], sha256: string): boolean => attachments.some((one) => one.sha256 === sha256);

/** Everything that differs; from nothing, where there is no version before. */
const difference = (before: Pick<Version, keyof typeof NOTHING> = NOTHING, after: Version) => {
  const terms = [...new Set([...Object.keys(before.terms), ...Object.keys(after.terms)])] as (keyof Version['terms'])[];
  const lines = differingLines(before.text, after.text);
  return {
    ...(before.number > 0 && { from: { version: before.version, number: before.number } }),
    to: { version: after.version, number: after.number },
    sameText: lines.every(({ change }) => change === 'same'),
    lines,
    clauses: differingClauses(before.clauses, after.clauses),
    attachments: {
      added: after.attachments.filter(({ sha256 }) => !has(before.attachments, sha256)),
      removed: before.attachments.filter(({ sha256 }) => !has(after.attachments, sha256)),
    },
    parties: {
      added: after.parties.filter((party) => !(before.parties as readonly string[]).includes(party)),
      removed: before.parties.filter((party) => !after.parties.includes(party)),
    },
    terms: terms.flatMap((term) => {
      const [was, is] = [before.terms[term], after.terms[term]];
      return was === is ? [] : [{ term, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
    }),
    boardsAlone: before.number > 0 ? reservedChanges(before, after) : [],
  };
};

const PieceType = Type.Object({ change: Type.String({ description: 'same, added or removed.' }), text: Type.String() });
const anything = Type.Object({}, { additionalProperties: true });
const VersionNamed = Type.Object({ version: Type.String(), number: Type.Integer() });

export const DifferenceOnPage = Type.Object({
  from: Type.Optional(VersionNamed),
  to: VersionNamed,
  sameText: Type.Boolean(),
  lines: Type.Array(Type.Object({ ...PieceType.properties, words: Type.Optional(Type.Array(PieceType)) }), {
    description: 'Every line; of a reworded one its words.',
  }),
  clauses: Type.Array(anything, { description: 'The structured clauses that were added, removed or changed.' }),
  attachments: Type.Object({ added: Type.Array(anything), removed: Type.Array(anything) }),
  parties: Type.Object({ added: Type.Array(Type.String()), removed: Type.Array(Type.String()) }),
  terms: Type.Array(anything, { description: 'What the version states of itself that differs.' }),
  boardsAlone: Type.Array(Type.String(), { description: 'What of it only the boards may decide on (KL 6:38).' }),
});

export const differenceExample = {
  from: { version: '0123456789abcdef'.repeat(4), number: 1 },
  to: { version: 'fedcba9876543210'.repeat(4), number: 2 },
  sameText: false,
  lines: [
    { change: 'same', text: '§ 1 Parter' },
    {
      change: 'removed',
      text: 'Uppföljning sker vartannat år.',
      words: [
        { change: 'same', text: 'Uppföljning sker ' },
        { change: 'removed', text: 'vartannat' },
        { change: 'same', text: ' år.' },
      ],
    },
    {
      change: 'added',
      text: 'Uppföljning sker varje år.',
      words: [
        { change: 'same', text: 'Uppföljning sker ' },
        { change: 'added', text: 'varje' },
        { change: 'same', text: ' år.' },
      ],
    },
  ],
  clauses: [],
  attachments: { added: [], removed: [] },
  parties: { added: [], removed: [] },
  terms: [{ term: 'followUpMonths', before: 24, after: 12 }],
  boardsAlone: ['frequency'],
};
