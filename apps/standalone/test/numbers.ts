/** The numbers of a process, as Prometheus reads them. */
export interface Exposed {
  /** By name, without `_bucket`, `_sum` and `_count`: what kind it is, and the labels that its samples have. */
  readonly families: ReadonlyMap<string, { readonly type: string; readonly labels: ReadonlySet<string> }>;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{((?:\w+="(?:[^"\\\n]|\\[\\n"])*",?)*)\})? (?:[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)|NaN)$/i;
const OF_HISTOGRAM = /_(?:bucket|sum|count)$/;

/**
 * Reads the text format 0.0.4.
 * @throws Error at a line that is none of it, or a sample of what was not declared
 */
export function exposed(text: string): Exposed {
  const families = new Map<string, { type: string; labels: Set<string> }>();
  for (const line of text.split('\n')) {
    const [, declared, type] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (declared !== undefined && type !== undefined) families.set(declared, { type, labels: new Set() });
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', labels = ''] = SAMPLE.exec(line) ?? [];
    const family = families.get(name) ?? families.get(name.replace(OF_HISTOGRAM, ''));
    if (!family) throw new Error(`Not a number of what was declared: ${line}`);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) family.labels.add(label);
  }
  return { families };
}

/** What a query asks for: names of metrics, and of the labels that it selects or groups them by. */
export interface Asked {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const WORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'inf', 'nan']);

/** Reads as much of PromQL as is needed for that. */
export function askedBy(query: string): Asked {
  const labels: string[] = [];
  const rest = query
    .replaceAll(STRING, '""')
    .replaceAll(/\{([^}]*)\}/g, (_all, matchers: string) => {
      labels.push(...[...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label));
      return '';
    })
    .replaceAll(GROUPING, (_all, names: string) => {
      labels.push(...names.split(',').map((name) => name.trim()));
      return '';
    })
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\boffset\s+\w+/g, '');
  const names = [...rest.matchAll(/(?<![\w:.])([a-zA-Z_:][\w:]*)(?!\s*\(|[\w:])/g)].map(([, name = '']) => name);
  return { metrics: names.filter((name) => !WORDS.has(name.toLowerCase())), labels };
}
