import { ADDRESSED, assertBoardOn, REFERRAL_KINDS, type Addressed, type ReferralKind } from '#libs/audits';
import type { TableRow } from '#libs/documents';
import { isAfter, isDay, Refusal, type Day, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { columnName, type Heading, type ImportColumn } from './import-columns.js';

/** Why a row is not taken in. */
export interface ImportFault {
  readonly row: number;
  readonly column?: ImportColumn;
  readonly code: string;
  readonly text: Text;
}

/** One recommendation to one board, as a row tells it. */
export interface ImportRow {
  readonly row: number;
  readonly report: string;
  readonly title: string;
  readonly issuedBy: string;
  readonly registryNumber?: string;
  readonly periodAudited?: string;
  readonly reportOn?: Day;
  readonly handedOverOn?: Day;
  readonly recommendation: string;
  readonly wording: string;
  readonly board: string;
  readonly addressed: Addressed;
  readonly referral?: ReferralKind;
  readonly lastReplyOn?: Day;
  readonly receivedOn?: Day;
  readonly boardNumber?: string;
}

const ADDRESSED_AS: Readonly<Record<string, Addressed>> = { namngiven: 'named', 'som en av flera': 'group', 'enligt tolkning': 'as-interpreted' };
const REFERRED_FOR: Readonly<Record<string, ReferralKind>> = {
  yttrande: 'for-reply',
  'för yttrande': 'for-reply',
  'eventuellt yttrande': 'possible-reply',
  'för kännedom och eventuellt yttrande': 'possible-reply',
  kännedom: 'information',
  'för kännedom': 'information',
};
const LONGEST: Partial<Readonly<Record<ImportColumn, number>>> = {
  report: 60,
  title: 300,
  registryNumber: 60,
  periodAudited: 100,
  recommendation: 20,
  wording: 8_000,
  boardNumber: 60,
};

/** Units by their names, as people write them. */
export interface Names {
  readonly boards: (name: string) => readonly string[];
  readonly bodies: (name: string) => readonly string[];
}

const plain = (text: string): string => text.toLocaleLowerCase('sv').replaceAll(/\s+/g, ' ').trim();

export const namesOf = (register: Register, units: readonly string[]): Names => {
  const byName = Map.groupBy(units, (unit) => plain(register.unit(unit)?.name ?? ''));
  const called = (name: string) => [...new Set([...(byName.get(plain(name)) ?? []), ...units.filter((unit) => unit === name.toLowerCase())])];
  return {
    boards: (name) => called(name).filter((unit) => register.isBoard(unit)),
    bodies: (name) => called(name).filter((unit) => register.boardOf(unit) === undefined),
  };
};

/** Reads a row; what is wrong with it is told all at once. */
export const importRow = (
  { row, cells }: TableRow,
  { places }: Heading,
  names: Names,
  register: Register,
  today: Day,
): { readonly read: ImportRow } | { readonly faults: readonly ImportFault[] } => {
  const faults: ImportFault[] = [];
  const fault = (column: ImportColumn, code: string, sv: string, en: string): undefined => {
    faults.push({ row, column, code, text: { sv, en } });
  };
  const cell = (column: ImportColumn): string => {
    const place = places.get(column);
    const text = (place === undefined ? undefined : cells[place]) ?? '';
    const longest = LONGEST[column];
    if (longest !== undefined && text.length > longest)
      fault(
        column,
        'import.too-long',
        `${columnName(column)} har ${text.length} tecken; högst ${longest} tas emot.`,
        `${columnName(column)} has ${text.length} characters; at most ${longest} are taken.`,
      );
    return text;
  };
  const required = (column: ImportColumn): string => {
    const text = cell(column);
    if (text === '') fault(column, 'import.empty', `${columnName(column)} saknas.`, `${columnName(column)} is missing.`);
    return text;
  };
  const dayOf = (column: ImportColumn, past = true): Day | undefined => {
    const text = cell(column).slice(0, 10);
    if (text === '') return undefined;
    if (!isDay(text))
      return fault(
        column,
        'import.no-day',
        `${columnName(column)} är ingen dag: ${cell(column)}. Skriv ÅÅÅÅ-MM-DD, eller lämna cellen tom om dagen är okänd.`,
        `${columnName(column)} is no day: ${cell(column)}. Write YYYY-MM-DD, or leave the cell empty where the day is unknown.`,
      );
    if (past && isAfter(text, today))
      return fault(column, 'day.in-the-future', `${columnName(column)} ${text} har inte varit än.`, `${columnName(column)} ${text} has not been yet.`);
    return text;
  };
  const codeOf = <C extends string>(column: ImportColumn, names_: Readonly<Record<string, C>>, codes: readonly C[]): C | undefined => {
    const text = cell(column).toLocaleLowerCase('sv');
    if (text === '') return undefined;
    return (
      names_[text] ??
      codes.find((code) => code === text) ??
      fault(
        column,
        'import.unknown-value',
        `${columnName(column)} kan inte vara ${text}; skriv ${Object.keys(names_).join(', ')}.`,
        `${columnName(column)} cannot be ${text}; write one of ${codes.join(', ')}.`,
      )
    );
  };
  const one = (column: ImportColumn, found: readonly string[], said: string): string | undefined => {
    const [first, ...others] = found;
    if (said === '') return undefined; // told already
    if (first === undefined)
      return fault(
        column,
        'import.not-registered',
        `${said} finns inte i registret. Skriv namnet som det står där, eller registrera den först.`,
        `${said} is not in the register. Write the name as it stands there, or register it first.`,
      );
    if (others.length > 0)
      return fault(
        column,
        'import.several-so-called',
        `Flera i registret heter ${said}. Skriv dess id i stället.`,
        `Several in the register are called ${said}. Write its id instead.`,
      );
    return first;
  };
  const [issuer, boardName] = [required('issuedBy'), required('board')];
  const [reportOn, handedOverOn] = [dayOf('reportOn'), dayOf('handedOverOn')];
  const board = one('board', names.boards(boardName), boardName);
  if (board !== undefined) {
    const refusal = refusedBy(() => assertBoardOn(board, handedOverOn, register, '/board'));
    if (refusal) fault('board', refusal.code, refusal.text.sv, refusal.text.en);
  }
  const referral = codeOf('referral', REFERRED_FOR, REFERRAL_KINDS);
  const lastReplyOn = dayOf('lastReplyOn', false);
  if (lastReplyOn !== undefined && referral !== 'for-reply')
    fault('lastReplyOn', 'referral.no-reply-asked', 'Bara ett överlämnande för yttrande har en sista svarsdag.', 'Only a referral for reply has a last day.');
  const receivedOn = dayOf('receivedOn');
  const said = {
    registryNumber: cell('registryNumber'),
    periodAudited: cell('periodAudited'),
    boardNumber: cell('boardNumber'),
  };
  const issuedBy = one('issuedBy', names.bodies(issuer), issuer);
  const [report, title, recommendation, wording] = [required('report'), required('title'), required('recommendation'), required('wording')];
  const addressed = codeOf('addressed', ADDRESSED_AS, ADDRESSED) ?? 'named';
  if (faults.length > 0 || board === undefined || issuedBy === undefined) return { faults };
  return {
    read: {
      row,
      report,
      title,
      issuedBy,
      ...Object.fromEntries(Object.entries(said).filter(([, text]) => text !== '')),
      ...(reportOn !== undefined && { reportOn }),
      ...(handedOverOn !== undefined && { handedOverOn }),
      recommendation,
      wording,
      board,
      addressed,
      ...(referral !== undefined && { referral }),
      ...(lastReplyOn !== undefined && { lastReplyOn }),
      ...(receivedOn !== undefined && { receivedOn }),
    },
  };
};

const refusedBy = (check: () => void): Refusal | undefined => {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
