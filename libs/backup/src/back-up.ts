import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { DocumentCorrupt } from '#libs/documents';
import type { Position } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { keptReactions, type KeptReactions } from '#libs/reactions';
import { namedParts, OwnerVault, unfinishedRestore, type NamedPart } from '#libs/vault';
import { ArchiveWriter } from './archive-writer.js';
import { entriesUpTo, lineOf } from './entries.js';
import { Findings } from './findings.js';
import { documentEntries, documentsNamed, type NamedDocument } from './kept-documents.js';
import { FORMAT, marked, type Closing, type Opening } from './manifest.js';
import { BackupRefused } from './refused.js';
import { encrypterFor, type Seal } from './seals.js';
import { SectionWriter } from './section-writer.js';
import type { Progress, Sources } from './sources.js';

export interface BackupOptions {
  readonly to: string;
  readonly seal: Seal;
  /** Of the program that makes it. */
  readonly release: string;
  readonly progress?: Progress;
  /** Raised to end it: then nothing is left of it. */
  readonly signal?: AbortSignal;
}

/** A backup that is whole and on disk. */
export interface MadeBackup {
  readonly opening: Opening;
  readonly closing: Closing;
  /** In bytes, as it lies on the disk. */
  readonly size: number;
  /** What the log names and was not there to be kept. */
  readonly lacking: Findings;
}

/** Parts read from the vault at once, in bytes. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Makes a backup while everything runs: first how far each reaction had come, then the log up to where it ends now, then the sealed parts
 * that these entries name and the wrapped keys, then the documents that they name. Memory is bounded by a page and the largest document.
 * @throws BackupRefused where it cannot be made; then nothing is left of it
 */
export const backUp = async (from: Sources, { signal = new AbortController().signal, progress = () => {}, ...options }: BackupOptions): Promise<MadeBackup> => {
  const { log, owner, keyring, ledger } = from;
  if ((await unfinishedRestore(owner)) !== undefined) throw new BackupRefused('This data is half restored: finish the restore before a backup is made of it.');
  const kept = await new OwnerVault(owner).checkValue();
  if (kept !== undefined && kept !== keyring.checkValue)
    throw new BackupRefused('The key file is not the one that this data is sealed with; set KEY_FILE to where that lies.');
  const encrypter = await encrypterFor(options.seal);
  const reactions = await keptReactions(from.worker);
  const head = await log.head();
  const opening: Opening = {
    format: FORMAT,
    backup: randomUUID(),
    madeAt: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }) as Instant,
    release: options.release,
    log: { id: log.id, head: head.toString(), gapless: log.gapless === true },
    keyFile: keyring.checkValue,
    ledger: (await ledger?.id()) ?? null,
  };
  const archive = await ArchiveWriter.create(options.to, encrypter);
  try {
    const writer = new SectionWriter(archive, progress, signal);
    await archive.add('opening.json', Buffer.from(JSON.stringify(opening)));
    const lacking = new Findings();
    await writeLog(from, head, writer);
    await writeParts(from, head, writer, lacking);
    await writeKeys(from, writer);
    await writeDocuments(from, head, writer, lacking);
    await writeReactions(reactions, writer);
    const unmarked = { backup: opening.backup, sections: writer.counts.all, lacking: lacking.count };
    const closing: Closing = { ...unmarked, mark: keyring.mark('backup', marked(opening, unmarked)) };
    await archive.add('closing.json', Buffer.from(JSON.stringify(closing)));
    return { opening, closing, lacking, size: await archive.finish() };
  } catch (error) {
    await archive.abandon();
    throw error;
  }
};

const writeLog = async ({ log }: Sources, head: Position, writer: SectionWriter): Promise<void> => {
  for await (const entries of entriesUpTo(log, head)) await writer.lines('log', entries.map(lineOf));
  await writer.end('log');
};

/** Exactly the parts that the entries name. One that was erased meanwhile is left out rightly. */
const writeParts = async ({ log, owner }: Sources, head: Position, writer: SectionWriter, lacking: Findings): Promise<void> => {
  const vault = new OwnerVault(owner);
  for await (const entries of entriesUpTo(log, head)) {
    for (const named of inBatches(entries.flatMap(({ entry }) => namedParts(entry)))) {
      const states = await vault.states(named);
      const sound = named.filter((part, nth) => {
        const state = states[nth] ?? 'missing';
        if (state !== 'sound' && state !== 'erased' && state !== 'left-over')
          lacking.add(`Part ${part.part} of entry ${part.eventId} of ${part.tenant} is ${state}.`);
        return state === 'sound';
      });
      const parts = await vault.parts(sound);
      await writer.lines(
        'parts',
        parts.map(({ bytes, ...part }) => JSON.stringify({ ...part, bytes: Buffer.from(bytes).toString('base64') })),
      );
    }
  }
  await writer.end('parts');
};

/** As many as are read from the vault at once. */
function* inBatches(named: readonly NamedPart[]): Generator<readonly NamedPart[]> {
  let [batch, bytes]: [NamedPart[], number] = [[], 0];
  for (const part of named) {
    batch.push(part);
    bytes += part.len;
    if (bytes < PART_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** After the parts: who is erased meanwhile has parts in the backup and no key, never a key and no parts. */
const writeKeys = async ({ owner }: Sources, writer: SectionWriter): Promise<void> => {
  for await (const keys of new OwnerVault(owner).keys())
    await writer.lines(
      'keys',
      keys.map(({ wrapped, ...key }) => JSON.stringify({ ...key, wrapped: wrapped && Buffer.from(wrapped).toString('base64') })),
    );
  await writer.end('keys');
};

const writeDocuments = async ({ log, documents }: Sources, head: Position, writer: SectionWriter, lacking: Findings): Promise<void> => {
  const read = async ({ tenant, sha256 }: NamedDocument) => {
    const stream = await documents.get(tenant, sha256);
    return stream && buffer(stream);
  };
  for await (const entries of entriesUpTo(log, head, documentEntries)) {
    for (const named of documentsNamed(entries)) {
      const { tenant, sha256 } = named;
      const content = await read(named).catch((error: Error) => {
        if (!(error instanceof DocumentCorrupt)) throw error;
        lacking.add(error.message);
        return null;
      });
      if (content === undefined) lacking.add(`The document ${sha256} of ${tenant} is missing.`);
      if (content) await writer.member('documents', `documents/${tenant}/${sha256}`, content);
    }
  }
};

const writeReactions = async ({ checkpoints, deadLetters }: KeptReactions, writer: SectionWriter): Promise<void> => {
  await writer.lines('reactions', [
    ...checkpoints.map((checkpoint) => JSON.stringify({ checkpoint })),
    ...deadLetters.map((deadLetter) => JSON.stringify({ deadLetter })),
  ]);
  await writer.end('reactions');
};
