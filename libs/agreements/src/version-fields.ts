import { Bool, DayField, FreeText, Int, ListOf, ListOfIds, Nested, Sha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { contradictory, event, type Day } from '#libs/kernel';
import type { DecisionRefData } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { assertRule, ClauseRule, clauseRuleOf, MAX_CLAUSES } from '#libs/responsibilities';
import { VersionProposed } from './agreement.events.js';
import { versionOf, type Registered, type Version } from './agreement.js';
import { assertBoard } from './agreement.refusals.js';
import type { Answers } from './agreement.shapes.js';
import { asKept, reservedChanges, versionHash } from './version.js';

/** What belongs to a version beside its text. */
export class AttachmentOfVersion {
  @Sha256('The stored document.') sha256!: string;
  @FreeText('What it is called.', { max: 200 }) title!: string;
}

/** What a version states of itself beside its clauses. */
export class TermsOfVersion {
  @Bool('It comes into force only when every party has signed.', { optional: true }) allSignatures?: boolean;
  @DayField('It comes into force on this day at the earliest.', { optional: true }) startOn?: Day;
  @DayField('The last day on which it is in force, unless something follows.', { optional: true }) lastDay?: Day;
  @Int('How many months pass between its reviews; as the deadline rule says where left out.', { min: 1, max: 120, optional: true }) reviewMonths?: number;
  @Int('How many months’ notice its termination takes.', { min: 0, max: 120, optional: true }) noticeMonths?: number;
  @Int('How many months pass at most between follow-ups of one operation.', { min: 1, max: 120, optional: true }) followUpMonths?: number;
}

/** The text of a version and everything that belongs to it: shared by whatever registers one. */
export class ContentOfVersion {
  @FreeText('The text. Kept in NFC, lines ended by LF, without space around it.', { max: 40_000 }) text!: string;
  @ListOf(() => AttachmentOfVersion, { max: 20, optional: true }) attachments?: AttachmentOfVersion[];
  @ListOfIds('The boards between which it is; the parties of the version before, or of the agreement, where left out.', { min: 2, max: 20, optional: true })
  parties?: string[];
  @ListOf(() => ClauseRule, { max: MAX_CLAUSES, optional: true }) clauses?: ClauseRule[];
  @Nested(() => TermsOfVersion, { optional: true }) terms?: TermsOfVersion;
}

/** What else is known of a version that is registered. */
interface About {
  readonly board: string;
  readonly on: Day;
  readonly revises?: Version | undefined;
  readonly answers?: Answers | undefined;
  readonly decision?: DecisionRefData | undefined;
  /** Where the content stands in the command. */
  readonly at?: string;
}

export interface VersionNeeds {
  readonly organisation: Register;
  readonly evidence: KnownDocuments;
}

/** The most that the clauses of one version may take as JSON: several versions’ stand in one entry when their days are corrected. */
const MAX_CLAUSES_BYTES = 10_000;
/** What is left for a version within one entry of the log. */
const MAX_VERSION_BYTES = 60_000;

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

const termsOf = ({ allSignatures, startOn, lastDay, reviewMonths, noticeMonths, followUpMonths }: TermsOfVersion) => ({
  ...(allSignatures && { allSignatures: true as const }),
  ...(startOn !== undefined && { startOn }),
  ...(lastDay !== undefined && { lastDay }),
  ...(reviewMonths !== undefined && { reviewMonths }),
  ...(noticeMonths !== undefined && { noticeMonths }),
  ...(followUpMonths !== undefined && { followUpMonths }),
});

/**
 * The fact that a version is registered, or nothing where the same is registered already.
 * @throws Refusal `version.exists` where its text and attachments are registered with other clauses, parties or terms
 */
export const versionFrom = (
  state: Registered,
  { text: written, attachments = [], parties: said, clauses: stated = [], terms: term = new TermsOfVersion() }: ContentOfVersion,
  { board, on, revises, answers, decision, at = '' }: About,
  { organisation, evidence }: VersionNeeds,
) => {
  const text = asKept(written);
  const hashes = attachments.map(({ sha256 }) => sha256);
  const version = versionHash(text, hashes);
  const clauses = stated.map(clauseRuleOf);
  const terms = termsOf(term);
  const before = revises ?? state.versions.at(-1);
  const parties = said ?? before?.parties ?? state.numbers.map((one) => one.board);
  const known = versionOf(state, version);
  if (known) {
    if (JSON.stringify([known.clauses, known.terms, known.parties.toSorted()]) === JSON.stringify([clauses, terms, parties.toSorted()]))
      return { version: known };
    throw contradictory(
      'version.exists',
      {
        sv: `Samma text och bilagor är redan registrerade som version ${known.number}, med andra klausuler, parter eller villkor. Använd den, eller skriv ändringen i texten så att det blir en ny version.`,
        en: `The same text and attachments are registered already as version ${known.number}, with other clauses, parties or terms. Use that one, or write the change into the text, so that it becomes a new version.`,
      },
      `${at}/text`,
    );
  }
  assertContent(organisation, { parties, hashes, clauses, terms }, at);
  assertStored(evidence, hashes, `${at}/attachments`);
  const leaving = revises ? mustStay(revises, parties) : [];
  const proposed = event(VersionProposed, {
    agreement: state.agreement,
    version,
    number: state.versions.length + 1,
    text,
    attachments: attachments.map(({ sha256, title }) => ({ sha256, title })),
    parties: [...parties],
    ...(leaving.length > 0 && { leaving: [...leaving] }),
    clauses,
    terms,
    board,
    on,
    ...(revises && { revises: revises.version }),
    reserved: revises ? [...reservedChanges(revises, { parties: [...parties], clauses, terms })] : [],
    ...(answers && { answers }),
    ...(decision && { decision }),
  });
  if (bytes(proposed.data) > MAX_VERSION_BYTES) {
    throw contradictory(
      'version.too-large',
      {
        sv: 'Texten är för lång för att registreras. Lägg det som är långt i en bilaga; bilagan hör till versionen genom sin hash.',
        en: 'The text is too long to be registered. Put what is long into an attachment; it belongs to the version by its hash.',
      },
      `${at}/text`,
    );
  }
  return { version: proposed.data, proposed };
};

const mustStay = (revises: Version, parties: readonly string[]): readonly string[] => revises.parties.filter((party) => !parties.includes(party));

interface Content {
  readonly parties: readonly string[];
  readonly hashes: readonly string[];
  readonly clauses: readonly ReturnType<typeof clauseRuleOf>[];
  readonly terms: ReturnType<typeof termsOf>;
}

const assertContent = (register: Register, { parties, hashes, clauses, terms: { startOn, lastDay } }: Content, at: string): void => {
  for (const [place, party] of parties.entries()) assertBoard(register, party, `${at}/parties/${place}`);
  const twice = hashes.findIndex((hash, place) => hashes.indexOf(hash) < place);
  if (twice >= 0) {
    throw contradictory(
      'attachment.twice',
      { sv: 'Samma bilaga står två gånger. Ta bort den ena.', en: 'The same attachment stands twice. Take one away.' },
      `${at}/attachments/${twice}/sha256`,
    );
  }
  for (const [place, clause] of clauses.entries()) {
    assertRule(clause, register, `${at}/clauses/${place}`);
    if (clauses.findIndex((one) => one.clause === clause.clause) < place) throw clauseTwice(clause.clause, `${at}/clauses/${place}/clause`);
  }
  if (bytes(clauses) > MAX_CLAUSES_BYTES) {
    throw contradictory(
      'version.clauses-too-large',
      {
        sv: 'Klausulerna tar för mycket plats. Slå ihop dem som säger detsamma, eller korta grunden.',
        en: 'The clauses take too much room. Join those that say the same, or shorten what they rest on.',
      },
      `${at}/clauses`,
    );
  }
  if (startOn !== undefined && lastDay !== undefined && lastDay < startOn) {
    throw contradictory(
      'version.ends-before-it-begins',
      {
        sv: `Sista dagen ${lastDay} ligger före den första, ${startOn}. Rätta en av dem.`,
        en: `The last day ${lastDay} lies before the first, ${startOn}. Correct one of them.`,
      },
      `${at}/terms/lastDay`,
    );
  }
};

const clauseTwice = (clause: string, pointer: string) =>
  contradictory(
    'version.clause-twice',
    { sv: `Klausul ${clause} står två gånger. Ge var och en sitt nummer.`, en: `Clause ${clause} stands twice. Give each its own number.` },
    pointer,
  );
