import type { Client } from 'pg';
import { derivedId } from '#libs/kernel';
import { EFFECTS } from './commands.js';
import type { LogRow } from './database.js';
import type { Finding } from './findings.js';
import type { Acknowledged } from './ledger.js';

const grouped = (log: readonly LogRow[], by: (row: LogRow) => string): ReadonlyMap<string, readonly LogRow[]> => Map.groupBy(log, by);

/** What every acknowledged command recorded: exactly what its answer said, and once. */
const acknowledgements = (log: readonly LogRow[], ledger: readonly Acknowledged[]): readonly Finding[] => {
  const byCommand = grouped(log, ({ entry }) => entry.cmd);
  const lost: string[] = [];
  const untrue: string[] = [];
  const duplicated: string[] = [];
  for (const { sent, id, revision, position } of ledger) {
    const rows = byCommand.get(sent.command) ?? [];
    const effects = rows.filter(({ type }) => type === EFFECTS[sent.kind]);
    const isThere = rows.some((row) => row.stream === `order-${id}` && row.revision === revision && row.position === position);
    const told = `${sent.kind} ${sent.command}: order-${id} ${revision} at ${position}`;
    if (effects.length === 0) lost.push(told);
    else if (!isThere) untrue.push(told);
    if (effects.length > 1) duplicated.push(`${sent.kind} ${sent.command}: at ${effects.map((row) => row.position).join(', ')}`);
  }
  const known = new Set(ledger.map(({ sent }) => sent.command));
  const effects = new Set<string>(Object.values(EFFECTS));
  const nobodys = log
    .filter(({ type, entry }) => effects.has(type) && !known.has(entry.cmd))
    .map(({ type, position }) => `${type} at ${position} was never acknowledged`);
  return [
    { what: 'acknowledged and lost', counted: ledger.length, deviations: lost },
    { what: 'acknowledged otherwise than recorded', counted: ledger.length, deviations: untrue },
    { what: 'recorded twice', counted: ledger.length, deviations: duplicated },
    { what: 'recorded for nobody', counted: log.filter(({ type }) => effects.has(type)).length, deviations: nobodys },
  ];
};

/** The order of the log: no gap, nothing that stands where it does not say it stands. */
const order = (log: readonly LogRow[]): readonly Finding[] => {
  const gaps = log.flatMap(({ position }, index) => (position === (log[index - 1]?.position ?? 0) + 1 ? [] : [`${position}`]));
  const streams = grouped(log, ({ tenant, stream }) => `${tenant} ${stream}`);
  const broken = [...streams].flatMap(([stream, rows]) =>
    rows.flatMap(({ revision }, index) => (revision === (rows[index - 1]?.revision ?? -1) + 1 ? [] : [`${stream}: ${revision}`])),
  );
  const untrue = log.flatMap(({ position, tenant, stream, revision, id, type, entry }) =>
    entry.tenant === tenant && entry.stream === stream && entry.rev === revision && entry.id === id && entry.type === type ? [] : [`at ${position}`],
  );
  return [
    { what: 'positions with a gap before', counted: log.length, deviations: gaps },
    { what: 'revisions with a gap before', counted: streams.size, deviations: broken },
    { what: 'rows that do not say what their entry says', counted: log.length, deviations: untrue },
  ];
};

/** An append is whole or not there: its entries are the first, second, … of one command, side by side in one stream. */
const appends = (log: readonly LogRow[]): Finding => {
  const byCommand = grouped(log, ({ entry }) => entry.cmd);
  const half = [...byCommand].flatMap(([command, rows]) => {
    const [first] = rows;
    const isWhole = rows.every(
      ({ position, tenant, stream, revision, id }, index) =>
        first &&
        stream === first.stream &&
        revision === first.revision + index &&
        position === first.position + index &&
        id === derivedId(tenant, stream, command, index),
    );
    const last = rows.at(-1)?.type;
    const isAbrupt = last === 'ServiceOrderSent' || last === 'GenomförandeplanReturned'; // always followed by the new wait
    return isWhole && !isAbrupt ? [] : [`command ${command}: ${rows.map(({ type, position }) => `${type} at ${position}`).join(', ')}`];
  });
  return { what: 'appends half written', counted: byCommand.size, deviations: half };
};

/** What an entry names as personal lies in the vault, byte for byte, and its key with it. */
const sealed = async (client: Client, log: readonly LogRow[]): Promise<Finding> => {
  const named = log.flatMap(({ position, tenant, id, entry }) => (entry.personal ?? []).map((part) => ({ position, tenant, id, ...part })));
  const { rows } = await client.query<{ counted: bigint; deviations: string[] | null }>(
    `
    select count(*) as counted, array_agg('part ' || n.part || ' of ' || n.position) filter (where p.bytes is null or k.wrapped is null) as deviations
    from jsonb_to_recordset($1::jsonb) n(position bigint, tenant text, id uuid, part text, subject uuid, kid uuid, len integer, sha256 text)
    left join vault.parts p on p.tenant = n.tenant and p.event_id = n.id and p.part = n.part and p.subject = n.subject
      and octet_length(p.bytes) = n.len and encode(sha256(p.bytes), 'hex') = n.sha256
    left join vault.keys k on k.tenant = n.tenant and k.subject = n.subject and k.kid = n.kid`,
    [JSON.stringify(named)],
  );
  return { what: 'personal parts missing from the vault', counted: Number(rows[0]?.counted ?? 0), deviations: rows[0]?.deviations ?? [] };
};

/** Every replacement wrote to both its streams: the order that it replaces was ended by it, once. */
const replacements = (log: readonly LogRow[], ledger: readonly Acknowledged[]): Finding => {
  const endings = Map.groupBy(
    log.filter(({ type }) => type === 'ServiceOrderReplaced'),
    ({ stream }) => stream,
  );
  const wanted = ledger.filter(({ sent }) => sent.kind === 'replacement');
  const deviations = wanted.flatMap(({ sent, id }) => {
    const found = endings.get(`order-${String(sent.body['replaces'])}`) ?? [];
    return found.length === 1 && found[0]?.entry.data['by'] === id ? [] : [`order-${String(sent.body['replaces'])} was ended ${found.length} times`];
  });
  return { what: 'replaced orders not ended by their replacement', counted: wanted.length, deviations };
};

/** Holds the log, as it lies in the tables, against what the clients were told. */
export const auditLog = async (client: Client, log: readonly LogRow[], ledger: readonly Acknowledged[]): Promise<readonly Finding[]> => [
  ...acknowledgements(log, ledger),
  appends(log),
  ...order(log),
  await sealed(client, log),
  replacements(log, ledger),
];
