import type { Audit } from '#libs/audits';
import type { Entry, EventRegistry } from '#libs/kernel';
import { ROLE_NAMES, type Role } from '#libs/organisation';
import { concernedBy, type ResponsibilityEvent } from '#libs/responsibilities';
import { differ, type Statements } from '#libs/statements';
import { codeInSwedish, factsInSwedish, kindInSwedish } from './in-swedish.js';

/** One entry as the log holds it. */
export interface Filed {
  readonly position: bigint;
  /** Canonical JSON, byte for byte as it was stored and hashed. */
  readonly text: string;
  readonly entry: Entry;
}

/** In the order of the log, each once. */
export const inLogOrder = (entries: readonly Filed[]): readonly Filed[] =>
  [...new Map(entries.map((one) => [one.entry.id, one])).values()].toSorted((a, b) => (a.position < b.position ? -1 : 1));

/** All values of a property that the facts of entries hold, however deep: what they cite. */
const cited = (entries: readonly { readonly entry: Pick<Entry, 'data'> }[], property: string): readonly unknown[] => {
  const found: unknown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === property) found.push(inner);
      walk(inner);
    }
  };
  for (const { entry } of entries) walk(entry.data);
  return found;
};

/** Meetings whose decisions are cited. A party’s decision on an agreement names its point in its own facts. */
export const citedMeetings = (entries: readonly Filed[]): readonly string[] => [
  ...new Set([
    ...cited(entries, 'decision').flatMap((decision) => (isRef(decision) ? [decision.meeting] : [])),
    ...entries.flatMap(({ entry: { type, data } }) => (type === 'PartyDecisionRecorded' && isRef(data) ? [data.meeting] : [])),
  ]),
];
const isRef = (value: unknown): value is { readonly meeting: string } =>
  typeof value === 'object' && value !== null && typeof (value as { meeting?: unknown }).meeting === 'string';

/** SHA-256 of documents that are cited as evidence, signed, linked or attached to an agreement: each kind in the order in which they were. */
export const citedDocuments = (entries: readonly Filed[]): readonly string[] => [
  ...new Set(
    [...cited(entries, 'documents').flat(), ...cited(entries, 'document'), ...cited(entries, 'attachments').flat().map(attached)].filter(
      (one) => typeof one === 'string',
    ),
  ),
];
const attached = (one: unknown): unknown => (typeof one === 'object' && one !== null ? (one as { readonly sha256?: unknown }).sha256 : undefined);

/** Actions that took the place of others. */
export const followingActions = (entries: readonly Filed[]): readonly string[] => [
  ...new Set(cited(entries, 'toAction').filter((one) => typeof one === 'string')),
];

/** What of the rules of responsibility some agreements made: the setting of them, and what became of them and of what they are disputed with. */
export const ofAgreements = (rules: readonly Filed[], agreements: readonly string[]): readonly Filed[] => {
  const made = new Set<string>();
  return rules.filter(({ entry: { type, data } }) => {
    const about = concernedBy({ type, data } as unknown as ResponsibilityEvent);
    const own = agreements.includes(data.agreement as string);
    if (own) for (const id of about) made.add(id);
    return own || [...about, ...cited([{ entry: { data } }], 'rule')].some((id) => made.has(id as string));
  });
};

/** What of the register concerns who holds something that some boards were given: their successions, one after the other, and the names of whom is named. */
export const ofRegister = (register: readonly Filed[], boards: readonly string[], others: readonly Filed[]): readonly Filed[] => {
  const holders = new Set(boards);
  const successions = register.filter(({ entry }) => entry.type === 'BoardSucceeded' || entry.type === 'SuccessionWithdrawn');
  for (let before = -1; before !== holders.size;) {
    before = holders.size;
    for (const { entry } of successions) {
      const { from, to } = entry.data as { readonly from: readonly string[]; readonly to: readonly string[] };
      if (from.some((board) => holders.has(board))) for (const board of to) holders.add(board);
    }
  }
  const concerning = successions.filter(({ entry }) => (entry.data.from as readonly string[]).some((board) => holders.has(board)));
  const said = [...others, ...concerning].map(({ text }) => text).join('\n');
  const named = register.filter(
    ({ entry: { type, data } }) => (type === 'UnitRegistered' && said.includes(data.unit as string)) || type === 'MunicipalityRegistered',
  );
  return [...named, ...concerning];
};

/** What ids are called, as far as the entries themselves tell. */
const namesIn = (entries: readonly Filed[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const {
    entry: { type, data },
  } of entries) {
    if (type === 'UnitRegistered') names.set(data.unit as string, data.name as string);
    if (type === 'AgreementRegistered') names.set(data.agreement as string, data.title as string);
    if (type === 'RulesOfAgreementSet')
      for (const { rule, clause } of data.rules as readonly { readonly rule: string; readonly clause: string }[]) names.set(rule, `regeln enligt p. ${clause}`);
    if (type === 'ActionProposed') names.set(data.action as string, data.title as string);
    if (type === 'RecommendationMade') names.set(data.recommendation as string, data.number as string);
    if (type === 'AuditReportRegistered') names.set(data.audit as string, (data.numbers as readonly string[])[0] ?? (data.title as string));
    if (type === 'MeetingOpened') names.set(data.meeting as string, `sammanträdet ${data.on as string}`);
    if (type === 'ParagraphRecorded') {
      names.set(data.paragraph as string, data.number as string);
      for (const [place, { point }] of (data.points as readonly { readonly point: string }[]).entries())
        names.set(point, `${data.number as string} p. ${place + 1}`);
    }
  }
  return names;
};

/** A moment as clocks in Sweden showed it. */
const localTime = (at: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Stockholm').toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');

/** Columns of the table of entries, in their order. */
export const ENTRY_COLUMNS = {
  number: 'Nr',
  at: 'Registrerad (svensk tid)',
  what: 'Händelse',
  about: 'Gäller',
  name: 'Benämning',
  role: 'Av roll',
  unit: 'I enhet',
  actor: 'Av (id)',
  inSteadOf: 'I stället för (id)',
  facts: 'Uppgifter',
  differs: 'Källorna skiljer sig',
  stream: 'Ström',
  rev: 'Plats i strömmen',
  id: 'Postens id',
  basis: 'Grundas på (id)',
  caus: 'Orsakad av (id)',
} as const;

/** The entries as people read them. */
export const entryRows = (entries: readonly Filed[], registry: EventRegistry, differing: ReadonlySet<string>) => {
  const names = namesIn(entries);
  return entries.map(({ entry }, place) => {
    const cut = entry.stream.length - 37; // before the hyphen and the UUID
    const [kind, id] = [entry.stream.slice(0, cut), entry.stream.slice(cut + 1)];
    const { about } = entry.data;
    return {
      number: place + 1,
      at: localTime(entry.at),
      what: registry.label(entry).sv,
      about: kindInSwedish(kind),
      name: names.get(id) ?? '',
      role: entry.by.role === 'system' ? 'systemet' : (ROLE_NAMES[entry.by.role as Role]?.sv ?? entry.by.role),
      unit: names.get(entry.by.unit) ?? entry.by.unit,
      actor: entry.by.actor,
      inSteadOf: entry.by.for ?? '',
      facts: factsInSwedish(entry.data, (one) => names.get(one)),
      differs: entry.type === 'StatementMade' && differing.has(`${entry.stream} ${String(about)}`) ? 'ja' : '',
      stream: entry.stream,
      rev: entry.rev,
      id: entry.id,
      basis: (entry.basis ?? []).join(', '),
      caus: entry.caus ?? '',
    };
  });
};

/** Statements of one thing. */
export interface StatedOf {
  readonly stream: string;
  readonly statements: Statements;
}

/** What sources say different things about, by stream. */
export const differingOf = (stated: readonly StatedOf[]): ReadonlySet<string> =>
  new Set(stated.flatMap(({ stream, statements }) => Object.keys(statements).flatMap((about) => (differ(statements, about) ? [`${stream} ${about}`] : []))));

/** Columns of the table of statements. */
export const STATEMENT_COLUMNS = {
  about: 'Om',
  differs: 'Källorna skiljer sig',
  value: 'Värde som skrivet',
  from: 'Betyder från',
  to: 'Betyder till',
  source: 'Källa',
  quotation: 'Citat',
  working: 'Arbetsvärde',
  stream: 'Ström',
  statement: 'Uppgiftens id',
} as const;

/** Everything that sources state, the disagreements flagged. */
export const statementRows = (stated: readonly StatedOf[]) =>
  stated.flatMap(({ stream, statements }) =>
    Object.entries(statements)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([about, { statements: all, working }]) =>
        all.map(({ statement, value, on, source, quotation }) => ({
          about: codeInSwedish(about),
          differs: differ(statements, about) ? 'ja' : 'nej',
          value,
          from: on?.from ?? '',
          to: on?.to ?? '',
          source,
          quotation: quotation ?? '',
          working: statement === working ? 'ja' : '',
          stream,
          statement,
        })),
      ),
  );

/** The entries as one JSON text: an array whose elements are theirs byte for byte, a line each. */
export const entriesJson = (entries: readonly Filed[]): string => `[\n${entries.map(({ text }) => text).join(',\n')}\n]\n`;

/** The list that `sha256sum -c` takes. */
export const sumsOf = (files: readonly { readonly name: string; readonly sha256: string }[]): string =>
  files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');

/** What a document is called in the bundle: it can be found by its hash, and told apart by eye. */
export const documentName = (sha256: string, name: string): string => {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[.-]+/g, '');
  return `handlingar/${sha256.slice(0, 16)}-${plain || 'handling'}`;
};

/** What the bundle is about, as its first page says it. */
export interface About {
  readonly municipality: string | undefined;
  readonly number: string;
  readonly audit: Audit;
  readonly wording: string | undefined;
  readonly board: string;
  readonly holder: string;
  readonly entries: readonly Filed[];
  readonly differing: ReadonlySet<string>;
  readonly missing: readonly string[];
}

/** The first page: what it is, what is in it, what is wrong with it, and how to check it. The same for the same entries. */
export const readMe = ({ municipality, number, audit, wording, board, holder, entries, differing, missing }: About): string => {
  const report = audit.status === 'none' ? undefined : audit.report;
  const last = entries.at(-1);
  const lines = [
    `BEVISPAKET: ${number}${report ? ` i ${report.numbers.join(', ') || 'rapport utan känt nummer'}` : ''}`,
    '',
    ...(municipality === undefined ? [] : [`Kommun: ${municipality}`]),
    ...(report
      ? [`Rapport: ${report.title}`, `Rapportens diarienummer: ${report.registryNumber ?? 'okänt'}`, `Överlämnad: ${report.handedOverOn ?? 'okänt'}`]
      : []),
    `Riktad till: ${board}`,
    `Ligger hos: ${holder}`,
    ...(wording === undefined ? [] : ['', 'Rekommendationens lydelse:', wording]),
    '',
    `Paketet har allt som är registrerat om rekommendationen hos nämnden: ${entries.length} poster i loggens ordning,`,
    'ur rekommendationens, granskningens, yttrandets, åtgärdernas och handlingarnas strömmar, de överenskommelser som de ledde till',
    'med de ansvarsregler som dessa gav, de sammanträden vars beslut åberopas, och de efterträdanden som avgör vilken nämnd den ligger hos.',
    ...(last ? [`Den sista posten registrerades ${last.entry.at} och har id ${last.entry.id}.`] : []),
    '',
    'handelser.json   posterna byte för byte som de lagrats (RFC 8785), en per rad',
    'handelser.csv    samma poster som tabell, på svenska',
    'uppgifter.csv    vad källorna säger, och var de skiljer sig',
    'handlingar/      de handlingar som åberopas som underlag, under början av sin SHA-256',
    'SHA256SUMS       kontrollsummor: sha256sum -c SHA256SUMS',
    '',
    differing.size === 0
      ? 'Källorna säger inte olika saker om något.'
      : `KÄLLORNA SKILJER SIG om: ${[...new Set([...differing].map((one) => codeInSwedish(one.slice(one.indexOf(' ') + 1))))].join(', ')}. Se uppgifter.csv; alla uppgifter står kvar.`,
    missing.length === 0
      ? 'Alla åberopade handlingar finns med.'
      : `SAKNAS: handlingar som åberopas men inte finns lagrade, efter SHA-256:\n${missing.map((sha256) => `  ${sha256}`).join('\n')}`,
  ];
  return `${lines.join('\n')}\n`;
};
