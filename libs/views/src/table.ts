/** The municipality that this session reads for, set by whoever opens a read; without it nothing is seen. */
const TENANT = "current_setting('uppsikt.tenant', true)";

/** Row-level security on the tenant, for whoever reads the table itself. */
export const secured = (table: string): readonly string[] => [
  `alter table views.${table} enable row level security`,
  `create policy tenant on views.${table} for select using (tenant = ${TENANT})`,
  `grant select on views.${table} to uppsikt_api`,
];

/**
 * The same table as lists are read from it: the condition stands in the view, which its owner runs.
 * Under row-level security no index on ranges or words can be used, since their operators are not leakproof (a page of the past took
 * 234 ms instead of 28 ms); and whoever could slip a function into our SQL could set the tenant as well, so nothing is lost by it.
 */
export const ofTenant = (table: string): readonly string[] => [
  `create view views.${table}_of_tenant as select * from views.${table} where tenant = ${TENANT}`,
  `grant select on views.${table}_of_tenant to uppsikt_api`,
];

/** No statistics of columns that nothing is planned by: gathering them of long texts takes longer than building an index. */
export const unmeasured = (table: string, columns: readonly string[]): readonly string[] =>
  columns.map((column) => `alter table views.${table} alter column "${column}" set statistics 0`);
