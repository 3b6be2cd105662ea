import { stringify } from 'csv-stringify/sync';
import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { action as actionStream } from '#libs/actions';
import { agreement as agreementStream, agreementLinksView } from '#libs/agreements';
import { audit as auditStream, boardOfObligation, heldBy, noSuchObligation, obligation as obligationStream, recommendationOf } from '#libs/audits';
import { within, type Asking, type Moments, type Reach, type Streams } from '#libs/commands';
import { document as documentStream, documentId, type DocumentStore } from '#libs/documents';
import { Id, Query } from '#libs/fields';
import { Download } from '#libs/http';
import { stockholmDay, type Event, type EventRegistry, type Instant, type Stream } from '#libs/kernel';
import { meeting as meetingStream } from '#libs/meetings';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { reply as replyStream, replyId } from '#libs/replies';
import { responsibilityRules, responsibilityRulesId } from '#libs/responsibilities';
import { sql, type Read, type Views } from '#libs/views';
import { zipped, type ZippedFile } from '#libs/zip';
import {
  citedDocuments,
  citedMeetings,
  differingOf,
  documentName,
  entriesJson,
  ENTRY_COLUMNS,
  entryRows,
  followingActions,
  inLogOrder,
  ofAgreements,
  ofRegister,
  readMe,
  STATEMENT_COLUMNS,
  statementRows,
  sumsOf,
  type Filed,
  type StatedOf,
} from './bundle.js';

/** Everything that was recorded of one obligation, with its evidence, as one file. */
export class ObligationBundle extends Query {
  @Id('The obligation.') obligation!: string;
}

/** As a Swedish spreadsheet opens it. */
const csv = (rows: readonly object[], columns: Readonly<Record<string, string>>): string =>
  stringify([...rows], { header: true, columns: { ...columns }, bom: true, delimiter: ';', record_delimiter: 'windows', escape_formulas: true });

/** Reads streams up to one moment, so that all of it is of the same one. */
const upTo =
  (tenant: string, streams: Streams, moment: Instant) =>
  async <S, E extends Event>(stream: Stream<S, E>, id: string) => {
    const { state, happened } = await streams.tell(tenant, stream, id, moment);
    return { state, entries: happened.map(({ stored: { position, text, entry } }): Filed => ({ position, text, entry })) };
  };

/** A document in the bundle, and what can be said of it without its bytes. */
interface Evidence {
  readonly sha256: string;
  readonly name: string;
  readonly packed: boolean;
}

/** What packing makes no smaller. */
const PACKED = /^(?:application\/(?:pdf|vnd\.)|image\/)/;

/**
 * The evidence bundle (domain §3.8): for the auditor who asks what happened to R3 of report 5/2020 at Östermalm, who did it, when, on what basis.
 * The same moment gives the same bytes, as long as nothing more is recorded of it.
 * @throws Refusal `obligation.unknown` where there is none, or another board holds it
 */
export const obligationBundle = async (
  { obligation, asOf }: ObligationBundle,
  { tenant, now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  moments: Moments,
  store: DocumentStore,
  registry: EventRegistry,
  views: Views,
): Promise<Download> => {
  const moment = asOf ?? now;
  const told = upTo(tenant, streams, moment);
  const own = await told(obligationStream, obligation);
  const { state } = own;
  if (state.status === 'none' || !within(reach, boardOfObligation(state) ?? state.board)) throw noSuchObligation();
  const [audit, reply, register] = await Promise.all([
    told(auditStream, state.audit),
    told(replyStream, replyId(state.audit, state.board)),
    told(organisationStream, organisationId(tenant)),
  ]);
  const actions = new Map<string, { readonly entries: readonly Filed[]; readonly stated: StatedOf }>();
  for (let wanted: readonly string[] = Object.keys(state.actions); wanted.length > 0;) {
    const found = await Promise.all(wanted.map(async (id) => ({ id, ...(await told(actionStream, id)) })));
    for (const { id, state: one, entries } of found)
      actions.set(id, { entries, stated: { stream: `${actionStream.name}-${id}`, statements: one.status === 'none' ? {} : one.statements } });
    wanted = followingActions(found.flatMap(({ entries }) => entries)).filter((id) => !actions.has(id));
  }
  const agreements = await linkedTo([obligation, ...actions.keys()], { tenant, moment }, views, moments);
  const agreed = (await Promise.all(agreements.map((id) => told(agreementStream, id)))).flatMap(({ entries }) => entries);
  const rules = agreements.length === 0 ? [] : ofAgreements((await told(responsibilityRules, responsibilityRulesId(tenant))).entries, agreements);
  const process = [...own.entries, ...audit.entries, ...reply.entries, ...[...actions.values()].flatMap(({ entries }) => entries), ...agreed, ...rules];
  const meetings = await Promise.all(citedMeetings(process).map((id) => told(meetingStream, id)));
  const recorded = [...process, ...meetings.flatMap(({ entries }) => entries)];
  const cited = citedDocuments(recorded);
  const documents = await Promise.all(cited.map(async (sha256) => ({ sha256, ...(await told(documentStream, documentId(tenant, sha256))) })));
  const withDocuments = [...recorded, ...documents.flatMap(({ entries }) => entries)];
  const boards = [state.board, ...state.allotments.map(({ to }) => to)];
  const entries = inLogOrder([...withDocuments, ...ofRegister(register.entries, boards, withDocuments)]);

  const there = await Promise.all(documents.map(async (one) => ({ ...one, bytes: await closed(store.get(tenant, one.sha256)) })));
  const evidence = there.flatMap(({ sha256, state: kept, bytes }): readonly Evidence[] =>
    kept.status === 'stored' && bytes ? [{ sha256, name: documentName(sha256, kept.copies[0].name), packed: PACKED.test(kept.copies[0].mediaType) }] : [],
  );
  const stated = [
    { stream: `${auditStream.name}-${state.audit}`, statements: audit.state.status === 'none' ? {} : audit.state.statements },
    ...[...actions.values()].map((one) => one.stated),
  ];
  const differing = differingOf(stated);
  const organisation = registerOf(register.state);
  const nameOf = (board: string) => organisation.unit(board)?.name ?? board;
  const about = {
    municipality: register.state.status === 'registered' ? register.state.name : undefined,
    number: state.number,
    audit: audit.state,
    wording: recommendationOf(audit.state, state.recommendation)?.wording,
    board: nameOf(state.board),
    holder: nameOf(heldBy(state, stockholmDay(moment), organisation)),
    entries,
    differing,
    missing: cited.filter((sha256) => !evidence.some((one) => one.sha256 === sha256)),
  };
  const written = [
    { name: 'LASMIG.txt', text: readMe(about) },
    { name: 'handelser.json', text: entriesJson(entries) },
    { name: 'handelser.csv', text: csv(entryRows(entries, registry, differing), ENTRY_COLUMNS) },
    { name: 'uppgifter.csv', text: csv(statementRows(stated), STATEMENT_COLUMNS) },
  ].map(({ name, text }) => ({ name, bytes: Buffer.from(text), sha256: hash('sha256', text) }));
  const sums = { name: 'SHA256SUMS', bytes: Buffer.from(sumsOf([...written, ...evidence])) };
  const files = async function* (): AsyncGenerator<ZippedFile> {
    yield* written;
    yield sums;
    for (const { sha256, name, packed } of evidence) {
      const bytes = await store.get(tenant, sha256);
      if (!bytes) throw new Error(`The bytes of ${sha256} went away while they were read.`);
      yield { name, packed, bytes };
    }
  };
  return new Download(
    'application/zip',
    `bevispaket-${state.number.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${obligation}.zip`,
    Readable.from(zipped(files()), { objectMode: false }),
  );
};

/** The agreements that any of these led to, as it was recorded then. */
const linkedTo = async (
  sources: readonly string[],
  { tenant, moment }: { readonly tenant: string; readonly moment: Instant },
  views: Views,
  moments: Moments,
): Promise<readonly string[]> => {
  const at = await moments.positionAt(tenant, moment);
  const links = (read: Read) =>
    read.query<{ readonly agreement: string }>(sql`select distinct agreement from ${read.rows(agreementLinksView)} where source = any(${sources})`);
  return (await views.read(tenant, links, { at })).map(({ agreement }) => agreement);
};

/** Whether there are bytes, without reading them. */
const closed = async (opening: ReturnType<DocumentStore['get']>): Promise<boolean> => {
  const bytes = await opening;
  bytes?.destroy();
  return bytes !== undefined;
};
