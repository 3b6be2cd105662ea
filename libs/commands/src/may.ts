import { notAllowed, unknown, type By, type Refusal, type Text } from '#libs/kernel';

/** What scopes a state: the unit that handles it. Absent where nobody has written yet. */
export type UnitOf<S> = (state: S) => string | undefined;

/**
 * One row of the authorisation table: a role, and how far it reaches.
 * A role that is not named is *not allowed* (403); to one that is, a thing out of reach is *unknown* (404).
 */
export interface May {
  readonly role: string;
  /** `unit`: only what the asker's own unit handles. `tenant`: the whole municipality. */
  readonly scope: 'unit' | 'tenant';
}

export const ofUnit = (role: string): May => ({ role, scope: 'unit' });
export const ofTenant = (role: string): May => ({ role, scope: 'tenant' });

/** The role that timers, reactions and the mailer act in; no person can hold it. */
export const SYSTEM_ROLE = 'system';
export const system = ofTenant(SYSTEM_ROLE);

const nothing: Text = {
  sv: 'Det finns inget sådant här, eller så hör det till en annan enhet.',
  en: 'There is no such thing here, or it belongs to another unit.',
};

/**
 * Holds an asker against the rows of a use case. A role without a row is refused whatever the thing is, so that the refusal tells nothing of it.
 * @param unit the unit that handles the thing asked for; undefined for a thing that does not exist yet or belongs to no unit
 * @returns the refusal, or undefined where the asker may
 */
export const refuse = (by: By, may: readonly May[], unit: string | undefined): Refusal | undefined => {
  const rows = may.filter(({ role }) => role === by.role);
  if (rows.length === 0) return notThisRole(by, may);
  return rows.some(({ scope }) => scope === 'tenant' || unit === undefined || unit === by.unit) ? undefined : unknown('thing.unknown', nothing);
};

/**
 * How far an asker's role reaches into lists and objects by the rows of a question.
 * @throws Refusal `role.not-allowed` where no row names the role
 */
export const reachOf = (by: By, may: readonly May[]): { readonly unit?: string } => {
  const rows = may.filter(({ role }) => role === by.role);
  if (rows.length === 0) throw notThisRole(by, may);
  return rows.some(({ scope }) => scope === 'tenant') ? {} : { unit: by.unit };
};

const notThisRole = (by: By, may: readonly May[]): Refusal => {
  const roles = [...new Set(may.map(({ role }) => role))].filter((role) => role !== SYSTEM_ROLE).join(', ');
  return notAllowed('role.not-allowed', {
    sv: `Rollen ${by.role} får inte göra detta; det får ${roles || 'bara systemet'}.`,
    en: `The role ${by.role} may not do this; allowed: ${roles || 'the system only'}.`,
  });
};
