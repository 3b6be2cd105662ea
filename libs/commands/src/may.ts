import { notAllowed, unknown, type By, type Refusal, type Text } from '#libs/kernel';

/** What scopes a state: the unit or board that it was first given to, or each of those whose it is together. Absent where nobody has written yet. */
export type UnitOf<S> = (state: S) => string | readonly string[] | undefined;

/**
 * One row of the authorisation table: a role, and how far it reaches.
 * A role that is not named is *not allowed* (403); to one that is, a thing out of reach is *unknown* (404).
 */
export interface May {
  readonly role: string;
  /** `unit`: only what the asker's own unit handles. `board`: what any unit of the asker's board does. `tenant`: the whole municipality. */
  readonly scope: 'unit' | 'board' | 'tenant';
}

export const ofUnit = (role: string): May => ({ role, scope: 'unit' });
export const ofBoard = (role: string): May => ({ role, scope: 'board' });
export const ofTenant = (role: string): May => ({ role, scope: 'tenant' });

/** The role that timers, reactions and the mailer act in; no person can hold it. */
export const SYSTEM_ROLE = 'system';
export const system = ofTenant(SYSTEM_ROLE);

/**
 * What an asker's unit and board handle today: ids of units and boards, those included whose things they took over. A unit that a succession
 * has ended handles nothing, not even what was its own.
 */
export interface Holdings {
  readonly unit: readonly string[];
  /** With everything in `unit`. */
  readonly board: readonly string[];
}

/** Who asks, and what the asker's unit and board handle; left out by timers, reactions and the mailer, who need it not. */
export interface Asker {
  readonly by: By;
  readonly holdings?: Holdings;
}

/** The units and boards whose things an answer may hold; left out where the asker's role reaches the whole municipality. */
export interface Reach {
  readonly units?: readonly string[];
}

const nothing: Text = {
  sv: 'Det finns inget sådant här, eller så hör det till en annan enhet eller nämnd.',
  en: 'There is no such thing here, or it belongs to another unit or board.',
};

/**
 * Holds an asker against the rows of a use case. A role without a row is refused whatever the thing is, so that the refusal tells nothing of it.
 * @param unit the unit or board that the thing was first given to, or several; undefined for a thing that does not exist yet or belongs to no unit
 * @returns the refusal, or undefined where the asker may
 */
export const refuse = (asker: Asker, may: readonly May[], unit: string | readonly string[] | undefined): Refusal | undefined => {
  const rows = may.filter(({ role }) => role === asker.by.role);
  if (rows.length === 0) return notThisRole(asker.by, may);
  if (hasEnded(asker)) return unitEnded();
  const { units } = reachOf(asker, may);
  if (units === undefined) return undefined;
  return unit === undefined || [unit].flat().some((one) => units.includes(one)) ? undefined : unknown('thing.unknown', nothing);
};

/**
 * How far an asker's role reaches into lists and objects by the rows of a question.
 * @throws Refusal `role.not-allowed` where no row names the role, `unit.succeeded` where it would reach the whole municipality, and the unit in which it is held has ended
 */
export const reachOf = (asker: Asker, may: readonly May[]): Reach => {
  const { by, holdings = { unit: [by.unit], board: [by.unit] } } = asker;
  const scopes = may.filter(({ role }) => role === by.role).map(({ scope }) => scope);
  if (scopes.length === 0) throw notThisRole(by, may);
  if (scopes.includes('tenant')) {
    if (hasEnded(asker)) throw unitEnded();
    return {};
  }
  return { units: scopes.includes('board') ? holdings.board : holdings.unit };
};

/** A role ends with the unit in which it is held, however far it reached: the whole municipality is not reached either. The system is in no unit. */
const hasEnded = ({ by, holdings }: Asker): boolean => by.role !== SYSTEM_ROLE && holdings?.unit.length === 0;

/** Whether a thing of that unit or board may be shown. */
export const within = ({ units }: Reach, unit: string): boolean => units === undefined || units.includes(unit);

const unitEnded = (): Refusal =>
  notAllowed('unit.succeeded', {
    sv: 'Enheten eller nämnden som rollen gäller har upphört, och det den hade har en annan tagit över. Be administratören om en roll där.',
    en: 'The unit or board in which the role is held is no more, and another has taken over what it had. Ask the administrator for a role there.',
  });

const notThisRole = (by: By, may: readonly May[]): Refusal => {
  const roles = [...new Set(may.map(({ role }) => role))].filter((role) => role !== SYSTEM_ROLE).join(', ');
  return notAllowed('role.not-allowed', {
    sv: `Rollen ${by.role} får inte göra detta; det får ${roles || 'bara systemet'}.`,
    en: `The role ${by.role} may not do this; allowed: ${roles || 'the system only'}.`,
  });
};
