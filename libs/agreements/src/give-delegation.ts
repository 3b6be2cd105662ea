import { Bool, Code, DayField, FreeText, Id, ListOfCodes, Nested } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef, type CitedDecision } from '#libs/meetings';
import { ROLES, type Register, type Role } from '#libs/organisation';
import { assertExisted, assertOwnBoard, nameOf } from './agreement.refusals.js';
import { DelegationGiven, type DelegationOrderEvent } from './delegation-order.events.js';
import { pointsOf, type DelegationOrder } from './delegation-order.js';
import { COVERED, ORIGINS, REPORTINGS, type Covered, type Origin, type Reporting } from './delegation.codes.js';

/**
 * A board delegates something to a role: by a point of its delegation order, or by a decision of its own, as socialnämnden did to
 * socialdirektören [000]. How decisions by it are reported the board says with it: at its next meeting, where it says nothing.
 */
export class GiveDelegation {
  @Id('The board.') board!: string;
  @Id('The delegation, where the sender names it.', { optional: true }) point?: string;
  @FreeText('Its number in the delegation order.', { max: 20, optional: true }) number?: string;
  @Code('A point of the order, or a decision of its own.', ORIGINS, 'DelegationOrigin') origin!: Origin;
  @FreeText('What is delegated, as the board worded it.', { max: 2000 }) what!: string;
  @ListOfCodes('What the delegate may do by it.', COVERED, 'Covered') covers!: Covered[];
  @Id('The one agreement that it is about; any of the board’s where left out.', { optional: true }) agreement?: string;
  @Code('The role that it is delegated to.', ROLES, 'Role') role!: Role;
  @Id('The unit in which that role is held.') unit!: string;
  @DayField('The first day on which it holds; the day the decision counts where left out.', { optional: true }) from?: Day;
  @DayField('The last day; until further notice where left out.', { optional: true }) to?: Day;
  @Bool('The head of administration may delegate it on, one step (KL 7:6).', { optional: true }) furtherAllowed?: boolean;
  @Code('How decisions by it are reported to the board; at its next meeting where left out.', REPORTINGS, 'DelegationReporting', { optional: true })
  reporting?: Reporting;
  @Bool('Decisions by it can be appealed: those that are not reported are then minuted separately.', { optional: true }) appealable?: boolean;
  @Nested(() => DecisionRef) decision!: DecisionRef;
}

const APPROVING: readonly string[] = ['approved', 'approved-with-changes'];

export interface GiveNeeds {
  readonly organisation: Register;
  readonly decided: CitedDecision | undefined;
  /** The id of the delegation, where the command does not name it. */
  readonly newId: string;
}

export const giveDelegation: Decide<GiveDelegation, DelegationOrder, DelegationOrderEvent, GiveNeeds> = (
  {
    board,
    point: named,
    number,
    origin,
    what,
    covers,
    agreement,
    role,
    unit,
    from: said,
    to,
    furtherAllowed = false,
    reporting = 'next-meeting',
    appealable = false,
    decision,
  },
  state,
  { by, today, organisation, decided, newId },
) => {
  assertOwnBoard(organisation, by, board, today);
  assertGives(decided, board, organisation);
  assertInBoard(organisation, unit, board, '/unit');
  const from = said ?? decided.countsFrom;
  assertPeriod(from, to);
  if (isBefore(from, decided.countsFrom)) {
    throw contradictory(
      'delegation.before-decision',
      {
        sv: `Beslutet att delegera räknas från ${decided.countsFrom}; delegationen kan inte gälla före det, från ${from}. Rätta dagen.`,
        en: `The decision to delegate counts from ${decided.countsFrom}; the delegation cannot hold before that, from ${from}. Correct the day.`,
      },
      '/from',
    );
  }
  if (covers.length === 0) {
    throw contradictory('delegation.covers-nothing', { sv: 'Ange vad delegaten får göra.', en: 'State what the delegate may do.' }, '/covers');
  }
  const point = named ?? newId;
  const given = event(DelegationGiven, {
    board,
    point,
    ...(number !== undefined && { number }),
    origin,
    what,
    covers: [...covers],
    ...(agreement !== undefined && { agreement }),
    role,
    unit,
    from,
    ...(to !== undefined && { to }),
    furtherAllowed,
    reporting,
    appealable,
    decision: { meeting: decision.meeting, point: decision.point },
  });
  const known = pointsOf(state).find((one) => one.point === point);
  if (!known) return [given];
  if (known.what === what && known.role === role && known.unit === unit && known.decision.point === decision.point) return [];
  throw forbidden('delegation.exists', {
    sv: 'Under detta id finns redan en annan delegation. Välj ett annat id, eller utelämna det.',
    en: 'Under this id there is another delegation already. Choose another id, or leave it out.',
  });
};

/** Refuses a decision by which the board has not delegated anything: one that does not count, of another board, or that was no approval. */
export function assertGives(
  decided: CitedDecision | undefined,
  board: string,
  register: Register,
): asserts decided is CitedDecision & { readonly countsFrom: Day } {
  assertCounts(decided);
  assertExisted(register, decided);
  if (decided.board !== board) {
    throw contradictory(
      'delegation.other-board',
      {
        sv: `Beslutet är av ${nameOf(register, decided.board)}. ${nameOf(register, board)} delegerar bara genom egna beslut; en ny nämnd ger egna delegationer.`,
        en: `The decision is of ${nameOf(register, decided.board)}. ${nameOf(register, board)} delegates by decisions of its own alone; a new board gives its own delegations.`,
      },
      '/decision',
    );
  }
  if (!APPROVING.includes(decided.outcome)) {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget i ${decided.number} ${decided.on}. Ange den punkt där den gjorde det.`,
        en: `The board did not approve the proposal in ${decided.number} on ${decided.on}. Cite the point in which it did.`,
      },
      '/decision',
    );
  }
}

/** Refuses a unit that lies in another board: a board delegates to its own. */
export const assertInBoard = (register: Register, unit: string, board: string, pointer: string): void => {
  if (register.boardOf(unit) === board) return;
  throw contradictory(
    'delegation.unit-elsewhere',
    {
      sv: `${nameOf(register, unit)} hör inte till ${nameOf(register, board)}. En nämnd delegerar till roller i sin egen förvaltning.`,
      en: `${nameOf(register, unit)} does not belong to ${nameOf(register, board)}. A board delegates to roles in its own administration.`,
    },
    pointer,
  );
};

/** Refuses a last day before the first. */
export const assertPeriod = (from: Day, to: Day | undefined, pointer = '/to'): void => {
  if (to === undefined || !isBefore(to, from)) return;
  throw contradictory(
    'delegation.period-contradictory',
    { sv: `Sista dagen ${to} ligger före den första, ${from}.`, en: `The last day ${to} lies before the first, ${from}.` },
    pointer,
  );
};
