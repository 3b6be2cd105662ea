import { hash } from 'node:crypto';
import { entryText, type Entry } from '#libs/kernel';
import type { KeptReactions } from '#libs/reactions';
import type { Erased, KeptKey, KeptPart, Keyring } from '#libs/vault';
import { members, type Member } from './archive-reader.js';
import { entryOf } from './entries.js';
import { linesIn } from './lines.js';
import { FORMAT, marked, SECTIONS, SectionCounts, type Closing, type Opening, type Section, type SectionCount } from './manifest.js';
import { BackupDamaged, BackupRefused } from './refused.js';
import { Revisions } from './revisions.js';
import { decrypterFor, type Opener } from './seals.js';
import type { Progress } from './sources.js';

/** A backup that has been read from its beginning to its end and is sound. */
export interface Inspected {
  readonly opening: Opening;
  readonly closing: Closing;
  /** Whose key was destroyed when the backup was made. */
  readonly erased: readonly Erased[];
  readonly streams: number;
}

const DAMAGED = 'and nothing is restored from it; take another one';

/** A backup as it is read: what was said first and last, and the members between, once. */
export class Reading implements AsyncDisposable {
  #closing: Closing | undefined;

  private constructor(
    private readonly path: string,
    readonly opening: Opening,
    private readonly all: AsyncGenerator<Member>,
  ) {}

  /** @throws BackupRefused where it is none that this release can read */
  static async of(path: string, opener: Opener): Promise<Reading> {
    const all = members(path, await decrypterFor(opener));
    const { value: first } = (await all.next()) as IteratorResult<Member, undefined>;
    const opening = first?.name === 'opening.json' ? (JSON.parse(first.content.toString('utf8')) as Opening) : undefined;
    if (opening?.format === FORMAT) return new Reading(path, opening, all);
    await all.return(undefined);
    if (!opening) throw new BackupRefused(`${path} is no backup of Uppsikt.`);
    throw new BackupRefused(`The backup ${path} has the layout ${opening.format}, which this release cannot read; it was made by ${opening.release}.`);
  }

  /** @throws BackupRefused where it is damaged, holds what nobody knows, or has no end */
  async *members(): AsyncGenerator<Member & { readonly section: Section }> {
    for await (const member of this.all) {
      if (this.#closing) throw new BackupDamaged(`The backup ${this.path} goes on after its end, ${DAMAGED}.`);
      if (member.name === 'closing.json') this.#closing = JSON.parse(member.content.toString('utf8')) as Closing;
      else yield { ...member, section: sectionOf(member.name) };
    }
    if (!this.#closing) throw new BackupDamaged(`The backup ${this.path} has no end, ${DAMAGED}.`);
  }

  /** What stands at its end. Only where the members have been read. */
  get closing(): Closing {
    if (!this.#closing) throw new TypeError('The end of the backup has not been read yet.');
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.all.return(undefined);
  }
}

/**
 * Looks at the beginning alone: that there is a backup, and that it can be opened.
 * @throws BackupRefused
 */
export const assertOpens = async (path: string, opener: Opener): Promise<void> => {
  await using reading = await Reading.of(path, opener);
  void reading;
};

const sectionOf = (name: string): Section => {
  const section = SECTIONS.find((one) => name.startsWith(`${one}/`));
  if (!section)
    throw new BackupRefused(`The backup holds ${JSON.stringify(name)}, which this release does not know; restore it with the release that made it.`);
  return section;
};

/**
 * Reads a backup from its beginning to its end, before anything is restored from it: that it is whole, made by somebody who has the key
 * file, and that what it holds hangs together.
 * @throws BackupRefused
 */
export const inspect = async (path: string, opener: Opener, keyring: Keyring, progress: Progress = () => {}): Promise<Inspected> => {
  await using reading = await Reading.of(path, opener);
  const { opening } = reading;
  if (opening.keyFile !== keyring.checkValue)
    throw new BackupRefused(
      'The backup was made with another key file than this one; set KEY_FILE to where that lies. Without it nobody can read the personal parts.',
    );
  const check = new Check(opening);
  for await (const member of reading.members()) {
    try {
      check.member(member);
      progress(`checked ${member.section}: ${check.counts.itemsOf(member.section)}`);
    } catch (error) {
      if (error instanceof BackupRefused) throw error;
      throw new BackupDamaged(`${member.name} of the backup is not sound, ${DAMAGED}: ${(error as Error).message}`, { cause: error });
    }
  }
  const { closing } = reading;
  const { mark, ...unmarked } = closing;
  if (mark !== keyring.mark('backup', marked(opening, unmarked)))
    throw new BackupDamaged('The backup was not made by anybody who has this key file: nothing is restored from it.');
  assertSame(closing.sections, check.counts.all);
  if (check.last.toString() !== opening.log.head) throw new BackupDamaged(`The log in the backup ends before it should, ${DAMAGED}.`);
  return { opening, closing, erased: check.erased, streams: check.streams };
};

/** @throws BackupRefused where the members are not those that were counted when the backup was made */
export const assertSame = (said: Readonly<Record<Section, SectionCount>>, found: Readonly<Record<Section, SectionCount>>): void => {
  const other = SECTIONS.find((section) => JSON.stringify(said[section]) !== JSON.stringify(found[section]));
  if (other) throw new BackupDamaged(`What the backup holds of ${other} is not what was put there, ${DAMAGED}.`);
};

/** A key as it stands in a line. */
export const keyOf = (line: string): KeptKey => {
  const { wrapped, ...key } = JSON.parse(line) as Omit<KeptKey, 'wrapped'> & { wrapped: string | null };
  return { ...key, wrapped: wrapped === null ? null : Buffer.from(wrapped, 'base64') };
};

/** A part as it stands in a line. */
export const partOf = (line: string): KeptPart => {
  const { bytes, ...part } = JSON.parse(line) as Omit<KeptPart, 'bytes'> & { bytes: string };
  return { ...part, bytes: Buffer.from(bytes, 'base64') };
};

/** What was known of reactions, line by line. */
export const reactionsIn = (content: Buffer): KeptReactions => {
  const lines = [...linesIn(content)].map(
    (line) => JSON.parse(line) as { checkpoint?: KeptReactions['checkpoints'][number]; deadLetter?: KeptReactions['deadLetters'][number] },
  );
  return { checkpoints: lines.flatMap(({ checkpoint }) => checkpoint ?? []), deadLetters: lines.flatMap(({ deadLetter }) => deadLetter ?? []) };
};

/** The document that a member is. */
export const documentOf = (name: string): { readonly tenant: string; readonly sha256: string } => {
  const [, tenant = '', sha256 = ''] = name.split('/');
  return { tenant, sha256 };
};

/** Looks at each member once, in their order. */
class Check {
  readonly counts = new SectionCounts();
  readonly erased: Erased[] = [];
  readonly #revisions = new Revisions();
  /** The position of the last entry. */
  last = 0n;

  constructor(private readonly opening: Opening) {}

  get streams(): number {
    return this.#revisions.streams;
  }

  member({ section, name, content }: Member & { readonly section: Section }): void {
    let items = 1;
    if (section === 'documents') this.#document(name, content);
    else items = this.#lines(section, content);
    this.counts.add(section, name, content, items);
  }

  #document(name: string, content: Buffer): void {
    const { sha256 } = documentOf(name);
    if (hash('sha256', content, 'hex') !== sha256) throw new RangeError('its bytes have another hash.');
  }

  #lines(section: Exclude<Section, 'documents'>, content: Buffer): number {
    let count = 0;
    for (const line of linesIn(content)) {
      this.#line(section, line);
      count++;
    }
    return count;
  }

  #line(section: Exclude<Section, 'documents'>, line: string): void {
    switch (section) {
      case 'log':
        return this.#entry(line);
      case 'parts':
        return this.#part(line);
      case 'keys':
        return this.#key(line);
      case 'reactions':
        return void JSON.parse(line);
    }
  }

  #entry(line: string): void {
    const { position, text } = entryOf(line);
    const entry = JSON.parse(text) as Entry;
    const { id, tenant, stream, rev } = entry;
    if (entryText(entry) !== text) throw new RangeError(`entry ${id} is not written as the log writes it.`);
    const due = this.#revisions.due(tenant, stream);
    if (rev !== due) throw new RangeError(`entry ${id} of ${stream} has revision ${rev}, and ${due} is due.`);
    if (this.opening.log.gapless ? position !== this.last + 1n : position <= this.last) throw new RangeError(`entry ${id} does not follow the one before it.`);
    if (position > BigInt(this.opening.log.head)) throw new RangeError(`entry ${id} lies beyond the end that the backup was to have.`);
    this.last = position;
  }

  #part(line: string): void {
    const { bytes, sha256, eventId, part } = partOf(line);
    if (hash('sha256', bytes, 'hex') !== sha256) throw new RangeError(`part ${part} of entry ${eventId} has another hash.`);
  }

  #key(line: string): void {
    const { wrapped, tenant, subject } = keyOf(line);
    if (wrapped === null) this.erased.push({ tenant, subject });
  }
}
