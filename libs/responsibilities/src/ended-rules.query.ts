import { all, sql, type Read, type Sql } from '#libs/views';
import { responsibilityRulesView } from './responsibility-rules.view.js';

const ENDED = sql`what = 'rule' and not withdrawn and valid_to is not null`;

/** The rules that have ended, or will, that fulfil a condition, in the order of their ids. */
export const endedRules = async (read: Read, where?: Sql): Promise<readonly string[]> => {
  const rows = await read.query<{ readonly key: string }>(sql`select key from ${read.rows(responsibilityRulesView)} where ${all(ENDED, where)} order by key`);
  return rows.map(({ key }) => key);
};

const orAny = (column: Sql, value: string | null): Sql | undefined => (value === null ? undefined : sql`(${column} = ${value} or ${column} is null)`);

/** Those of the kind of a rule that may have something in common with it. @param wherever it may have answered for something else before */
export const endedNear = async (read: Read, rule: string, wherever: boolean): Promise<readonly string[]> => {
  const row = await read.find(responsibilityRulesView, rule);
  if (!row) return [];
  const { kind, provisionForm, service } = row;
  const where = all(sql`kind = ${kind}`, wherever ? undefined : orAny(sql`provision_form`, provisionForm), wherever ? undefined : orAny(sql`service`, service));
  return endedRules(read, where);
};
