import { never, type Day } from '#libs/kernel';
import { sql, type Found, type Read } from '#libs/views';
import type { Resting } from './answer.js';
import type { Municipality } from './city.js';
import { MATCH_FIELDS, type MatchField, type Values } from './match.js';
import { ANY, responsibilityRulesView, type ResponsibilityRow } from './responsibility-rules.view.js';
import type { Dispute } from './responsibility-rules.js';

/** What rules and disputes an answer is made of. */
export interface RulesFound {
  readonly rules: readonly Resting[];
  readonly disputes: readonly Dispute[];
}

/** More than answer for any one thing. */
const MOST = 10_000;

/** The values of a field that answer for what is asked: the value itself, those whose things its holder has, and any. */
const valuesFor = (field: MatchField, asked: string | undefined, on: Day, { heldWith, register }: Municipality): readonly string[] => {
  if (asked === undefined) return [ANY];
  switch (field) {
    case 'provisionForm':
    case 'service':
      return [ANY, asked];
    case 'operatingUnit':
      return [ANY, ...heldWith(asked, on)];
    case 'operatingBoard':
    case 'contractingBoard':
    case 'grantingBoard':
      return [ANY, ...heldWith(asked, on).filter((id) => register.isBoard(id))];
    default:
      return never(field);
  }
};

/** The texts of all fields that could answer for what is asked: a few dozen, each looked up by an index, however many rules there are. */
export const matchingTexts = (asked: Values, on: Day, city: Municipality): readonly string[] =>
  MATCH_FIELDS.reduce<readonly string[]>(
    (texts, field) => {
      const values = valuesFor(field, asked[field], on, city);
      return texts.flatMap((text) => values.map((value) => (text === '' ? value : `${text}|${value}`)));
    },
    [''],
  );

/** The rules and disputes whose fields may answer for what is asked. */
export const rulesAnswering = async (read: Read, asked: Values, on: Day, city: Municipality): Promise<RulesFound> => {
  const texts = matchingTexts(asked, on, city);
  const rows = await read.page(responsibilityRulesView, { where: sql`matching = any(${texts})`, order: sql`key`, limit: MOST, counted: true });
  return foundIn(rows);
};

/** Rows of the view as answers take them. */
export const foundIn = (rows: readonly Found<ResponsibilityRow>[]): RulesFound => ({
  rules: rows.flatMap((row): Resting[] => {
    const { key: rule, kind, match, answer, basis, validFrom: from, validTo: to, clause, withdrawn } = row;
    if (answer === null || basis === null) return [];
    return [{ rule, kind, match, answer, basis, from, ...(to !== null && { to }), ...(clause && { clause }), ...(withdrawn && { withdrawn: true }) }];
  }),
  disputes: rows.flatMap((row): Dispute[] => {
    const { key: dispute, kind, match, validFrom: from, validTo: to, claims, settledFrom } = row;
    if (claims === null) return [];
    return [{ dispute, kind, match, from, ...(to !== null && { to }), claims, ...(settledFrom !== null && { settledFrom }) }];
  }),
});
