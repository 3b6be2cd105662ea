/** One thing that was counted, and each case that was not as it must be. */
export interface Finding {
  readonly what: string;
  readonly counted: number;
  readonly deviations: readonly string[];
}

const SHOWN = 5;

/** A table of what was counted; beneath it the first of the deviations. */
export const table = (title: string, findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const row = (what: string, counted: string | number, deviations: string | number) =>
    `${what.padEnd(width)}  ${String(counted).padStart(8)}  ${String(deviations).padStart(10)}`;
  return [
    title,
    row('', 'counted', 'deviations'),
    ...findings.map(({ what, counted, deviations }) => row(what, counted, deviations.length)),
    ...findings.flatMap(({ what, deviations }) => deviations.slice(0, SHOWN).map((deviation) => `  ${what}: ${deviation}`)),
    '',
  ].join('\n');
};
