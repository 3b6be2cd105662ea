import { contradictory, isBefore, type Day, type Refusal } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { reversed } from './responsibility.refusals.js';
import { SERVICE_PATTERN, type ClauseRuleData, type Designated, type Match, type Terms } from './rule-fields.js';
import type { ClauseRule, ResponsibilityDesignation, ResponsibilityMatch } from './rule-shapes.js';

/** Only what is said: the fields of a rule without those that are left out, as the log keeps them. */
const said = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

export const matchOf = ({ provisionForm, service, operatingBoard, operatingUnit, contractingBoard, grantingBoard }: ResponsibilityMatch): Match =>
  said({ provisionForm, service, operatingBoard, operatingUnit, contractingBoard, grantingBoard }) as Match;

export const designatedOf = (designation: ResponsibilityDesignation): Designated => {
  const { who, board, performingUnit, performingRole, assistingUnits, districtsAssist } = designation;
  return said({ who, board, performingUnit, performingRole, assistingUnits, districtsAssist: districtsAssist || undefined }) as Designated;
};

/** A structured clause as event data holds it. */
export const clauseRuleOf = ({ clause, kind, match, answer, basis }: ClauseRule): ClauseRuleData => ({
  clause,
  kind,
  match: matchOf(match),
  answer: designatedOf(answer),
  basis,
});

/** Whether two rules say the same of the same. */
export const sameTerms = (a: Omit<Terms, 'from' | 'to'>, b: Omit<Terms, 'from' | 'to'>): boolean =>
  a.kind === b.kind && a.basis === b.basis && sameFields(a.match, b.match) && sameFields(a.answer, b.answer);

const sameFields = (a: object, b: object): boolean => sorted(a) === sorted(b);
const sorted = (fields: object): string => JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const service = new RegExp(SERVICE_PATTERN);
type Known = Pick<Register, 'unit' | 'isBoard' | 'boardOf' | 'holderOn' | 'existsOn'>;

/**
 * Holds what a rule says against the register and against itself.
 * @throws Refusal `responsibility.service-code`, `responsibility.not-a-board`, `responsibility.unit-elsewhere`, `responsibility.designation`, `unit.unknown`
 */
export const assertRule = ({ match, answer }: Pick<Terms, 'match' | 'answer'>, register: Known, pointer = ''): void => {
  if (match.service !== undefined && !service.test(match.service)) throw noService(`${pointer}/match/service`);
  for (const field of ['operatingBoard', 'contractingBoard', 'grantingBoard'] as const) assertBoard(match[field], register, `${pointer}/match/${field}`);
  assertUnit(match.operatingUnit, register, `${pointer}/match/operatingUnit`);
  assertInBoard(match.operatingUnit, match.operatingBoard, register, `${pointer}/match/operatingUnit`);
  assertDesignation(answer, `${pointer}/answer`);
  assertBoard(answer.board, register, `${pointer}/answer/board`);
  assertUnit(answer.performingUnit, register, `${pointer}/answer/performingUnit`);
  for (const [nth, unit] of (answer.assistingUnits ?? []).entries()) assertUnit(unit, register, `${pointer}/answer/assistingUnits/${nth}`);
};

/**
 * The days of a rule, and that whom it names is there when it begins: acts of another day are another board's.
 * @throws Refusal `responsibility.period-reversed`, `responsibility.board-absent`
 */
export const assertDays = ({ from, to, answer }: Pick<Terms, 'from' | 'to' | 'answer'>, register: Known): void => {
  if (to !== undefined && isBefore(to, from)) throw reversed(from, to, '/to');
  for (const field of ['board', 'performingUnit'] as const) {
    const id = answer[field];
    if (id !== undefined && !register.existsOn(id, from)) throw absent(id, from, register, `/answer/${field}`);
  }
};

const assertBoard = (board: string | undefined, register: Known, pointer: string): void => {
  if (board !== undefined && !register.isBoard(board))
    throw contradictory(
      'responsibility.not-a-board',
      { sv: 'Detta är ingen nämnd i registret. Välj en nämnd.', en: 'This is no board in the register. Choose a board.' },
      pointer,
    );
};

const assertUnit = (unit: string | undefined, register: Known, pointer: string): void => {
  if (unit !== undefined && !register.unit(unit))
    throw contradictory(
      'unit.unknown',
      {
        sv: 'Enheten finns inte i registret. Välj en som finns, eller registrera den först.',
        en: 'The unit is not in the register. Choose one that is, or register it first.',
      },
      pointer,
    );
};

/** @throws Refusal `responsibility.unit-elsewhere` where the unit lies in another board */
export const assertInBoard = (unit: string | undefined, board: string | undefined, register: Pick<Register, 'boardOf' | 'unit'>, pointer: string): void => {
  if (unit === undefined || board === undefined) return;
  const own = register.boardOf(unit);
  if (own !== board)
    throw contradictory(
      'responsibility.unit-elsewhere',
      {
        sv: `Enheten hör till ${own === undefined ? 'ingen nämnd' : (register.unit(own)?.name ?? own)}. Ange den nämnden, eller bara enheten.`,
        en: `The unit lies in ${own === undefined ? 'no board' : (register.unit(own)?.name ?? own)}. State that board, or the unit alone.`,
      },
      pointer,
    );
};

const assertDesignation = ({ who, board, ...performs }: Designated, pointer: string): void => {
  if ((who === 'named') !== (board !== undefined))
    throw wrong(
      'Ange en nämnd just när regeln pekar ut en namngiven nämnd.',
      'State a board exactly where the rule designates one by name.',
      `${pointer}/board`,
    );
  if (who === 'not-applicable' && Object.values(performs).some((value) => value !== undefined))
    throw wrong(
      'Det som inte är tillämpligt utförs av ingen. Ta bort enheter och roll.',
      'What is not applicable is performed by nobody. Take units and role away.',
      pointer,
    );
};

const wrong = (sv: string, en: string, pointer: string): Refusal => contradictory('responsibility.designation', { sv, en }, pointer);

const noService = (pointer: string): Refusal =>
  contradictory(
    'responsibility.service-code',
    {
      sv: 'Insatsen skrivs som en kod: små bokstäver a–z, siffror och bindestreck, till exempel short-term-supervision.',
      en: 'The service is written as a code: small letters a–z, digits and hyphens, such as short-term-supervision.',
    },
    pointer,
  );

const absent = (id: string, from: Day, register: Known, pointer: string): Refusal => {
  const name = register.unit(id)?.name ?? id;
  const holder = register.holderOn(id, from);
  const other = holder === id ? undefined : (register.unit(holder)?.name ?? holder);
  return contradictory(
    'responsibility.board-absent',
    other === undefined
      ? {
          sv: `${name} finns inte än ${from}. Ange den nämnd eller enhet som fanns då, eller en senare första dag.`,
          en: `${name} is not there yet on ${from}. State the board or unit that was, or a later first day.`,
        }
      : {
          sv: `${name} finns inte längre ${from}; ${other} har tagit över. Ange den i stället.`,
          en: `${name} is no more on ${from}; ${other} has taken over. State that instead.`,
        },
    pointer,
  );
};
