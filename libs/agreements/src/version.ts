import { sha256 } from '#libs/kernel';
import type { Match } from '#libs/responsibilities';
import type { Answers, Terms } from './agreement.shapes.js';
import { RESERVED, type Reserved } from './agreement.codes.js';
import type { Version } from './agreement.js';

/** A text as it is kept and hashed: NFC, lines ended by LF, without space around it. */
export const asKept = (text: string): string => text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();

/**
 * The hash by which a version is known: SHA-256 over these bytes, in hexadecimal.
 *
 * 1. the text in UTF-8, in NFC, lines ended by LF, without space around it;
 * 2. one byte 0x00, which no text holds;
 * 3. for each attachment the 64 lower-case hexadecimal digits of its SHA-256, and one byte 0x0A, in ascending order of the digits.
 *
 * `(printf '%s' "$TEXT"; printf '\0'; printf '%s\n' $HASHES | sort) | sha256sum` gives the same; without attachments nothing follows the 0x00.
 */
export const versionHash = (text: string, attachments: readonly string[]): string =>
  sha256(
    `${asKept(text)}\0${attachments
      .toSorted()
      .map((one) => `${one}\n`)
      .join('')}`,
  );

type Settled = Pick<Version, 'parties' | 'clauses' | 'terms'>;

const sorted = (values: readonly string[]): string => JSON.stringify(values.toSorted());
const written = (match: Match): string => JSON.stringify(Object.entries(match).toSorted(([a], [b]) => (a < b ? -1 : 1)));
/** What the clauses say, whatever they are called and in whatever order they stand. */
const operations = ({ clauses }: Settled): string => sorted(clauses.map(({ kind, match }) => `${kind} ${written(match)}`));
const whoFollowsUp = ({ clauses }: Settled): string =>
  sorted(
    clauses.map(({ kind, match, answer }) => {
      const { assistingUnits = [], ...rest } = answer;
      return `${kind} ${written(match)} ${JSON.stringify([Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)), assistingUnits.toSorted()])}`;
    }),
  );
const duration = ({ lastDay, noticeMonths }: Terms): string => JSON.stringify([lastDay, noticeMonths]);

/** What a revision changes that only the boards may decide on (kommunallagen 6 kap. 38 §). */
export const reservedChanges = (before: Settled, now: Settled): readonly Reserved[] => {
  const changed: Readonly<Record<Reserved, boolean>> = {
    parties: sorted(before.parties) !== sorted(now.parties),
    operations: operations(before) !== operations(now),
    'who-follows-up': operations(before) === operations(now) && whoFollowsUp(before) !== whoFollowsUp(now),
    frequency: before.terms.followUpMonths !== now.terms.followUpMonths,
    duration: duration(before.terms) !== duration(now.terms),
  };
  return RESERVED.filter((one) => changed[one]);
};

/** The questions that were answered with yes: what the revision concerns of the operation. */
export const concernedBy = (answers: Answers) =>
  (Object.entries(answers) as [keyof Answers, Answers[keyof Answers]][]).flatMap(([question, { concerns }]) => (concerns ? [question] : []));
