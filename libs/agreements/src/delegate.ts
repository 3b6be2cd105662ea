import { contradictory, forbidden, type By, type Day } from '#libs/kernel';
import type { Capacity, Register } from '#libs/organisation';
import { ROLE_NAMES, ROLES, type Role } from '#libs/organisation';
import { nameOf } from './agreement.refusals.js';
import type { DelegatedBy } from './delegated-by.js';
import type { Covered } from './delegation.codes.js';
import { delegatesOn } from './delegation-order.js';
import type { Delegations, HoldersOn } from './needs.js';

/** Who acts for a board, as a command says it: whoever asks, where it does not. */
export interface Acting {
  readonly role?: string | undefined;
  readonly unit?: string | undefined;
  readonly person?: string | undefined;
  /** The delegation by which, where several would do. */
  readonly point?: string | undefined;
  readonly on: Day;
}

/** A delegate who may act, and by which delegation. */
export interface Delegate {
  readonly role: string;
  readonly unit: string;
  readonly person: string;
  readonly capacity: Capacity;
  readonly delegation: DelegatedBy;
}

export interface DelegateNeeds {
  readonly organisation: Register;
  readonly holders: HoldersOn;
  readonly delegations: Delegations;
}

/** What people call a role. */
const roleName = (role: string) => (ROLES.some((one) => one === role) ? ROLE_NAMES[role as Role] : { sv: role, en: role });

const WHAT = {
  'sign-agreements': { sv: 'att teckna överenskommelsen', en: 'the signing of the agreement' },
  'revise-agreements': { sv: 'att revidera överenskommelsen', en: 'the revising of the agreement' },
  other: { sv: 'beslutet', en: 'the decision' },
} as const;

/**
 * The delegate who acted for a board on a day: by a delegation that held then and covers it, in a role that somebody had then.
 * @throws Refusal `delegation.none` where the board had not delegated it to the role; `delegate.unheld` where nobody had that role;
 * `delegate.not-holder` where that person had not; `delegate.which` where several had and it is not said which
 */
export const delegateFor = (
  covered: Covered,
  agreement: string | undefined,
  { on, ...acting }: Acting,
  by: By,
  { organisation, holders, delegations: { board, order } }: DelegateNeeds,
): Delegate => {
  const role = acting.role ?? by.role;
  const unit = acting.unit ?? by.unit;
  const sameUnit = (one: string): boolean => organisation.holderOn(one, on) === organisation.holderOn(unit, on);
  const found = delegatesOn(order, covered, agreement, on).find(
    (one) => one.role === role && sameUnit(one.unit) && (acting.point === undefined || one.point.point === acting.point),
  );
  const [name, called] = [nameOf(organisation, board), roleName(role)];
  if (!found || !organisation.existsOn(board, on)) {
    throw forbidden('delegation.none', {
      sv: `${name} hade den ${on} inte delegerat ${WHAT[covered].sv} till rollen ${called.sv} i ${nameOf(organisation, unit)}. Anteckna delegationen om den finns; annars beslutar nämnden.`,
      en: `On ${on} ${name} had not delegated ${WHAT[covered].en} to the role ${called.en} in ${nameOf(organisation, unit)}. Record the delegation if there is one; otherwise the board decides.`,
    });
  }
  const held = [...new Set([unit, found.unit])].flatMap((one) => holders(role, one, on));
  const person = acting.person ?? (acting.role === undefined && acting.unit === undefined ? by.actor : undefined);
  if (held.length === 0) {
    throw contradictory('delegate.unheld', {
      sv: `Ingen hade rollen ${called.sv} i ${nameOf(organisation, unit)} den ${on}. Anteckna den som hade den, även som ersättare eller tillförordnad, först.`,
      en: `Nobody had the role ${called.en} in ${nameOf(organisation, unit)} on ${on}. Record who had it first, as a substitute or acting holder too.`,
    });
  }
  const [one, another] = held.filter((holder) => person === undefined || holder.person === person);
  if (!one) {
    throw contradictory(
      'delegate.not-holder',
      {
        sv: `Den personen hade inte rollen ${called.sv} den ${on}, varken som sin egen, tillförordnad eller som ersättare. Ange den som hade den.`,
        en: `That person did not have the role ${called.en} on ${on}, neither as their own nor acting nor as a substitute. State who had it.`,
      },
      '/person',
    );
  }
  if (another) {
    throw contradictory(
      'delegate.which',
      {
        sv: `Flera hade rollen ${called.sv} den ${on}. Ange vem av dem det var.`,
        en: `Several had the role ${called.en} on ${on}. State which of them it was.`,
      },
      '/person',
    );
  }
  const { point, further } = found;
  return {
    role,
    unit,
    person: one.person,
    capacity: one.capacity,
    delegation: { order: board, point: point.point, ...(further && { further: further.further }) },
  };
};
