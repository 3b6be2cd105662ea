import type { Day, Text } from '#libs/kernel';
import type { FoundPerson, Identity } from './identity.js';

/** In which role and unit somebody says to act; either may be left out where the rest tells. */
export interface RoleChoice {
  readonly role?: string;
  readonly unit?: string;
}

/** Why somebody who is known acts in no role. */
export class NoRole {
  constructor(
    readonly code: 'role.none' | 'role.choice-required',
    readonly text: Text,
  ) {}
}

/** `role=auditor; unit=<id>`, as a header says it: settings by their names. */
export const settingsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(';').flatMap((part) => {
      const [name = '', value] = part.split('=', 2).map((one) => one.trim());
      return name && value !== undefined ? [[name, value]] : [];
    }),
  );

/**
 * Who asks, in the one role held today that the choice leaves. Where it leaves none or several, whoever asks is told what there is to choose among.
 * @param written how a role is chosen: before its settings
 */
export const inRole = (known: FoundPerson, { role, unit }: RoleChoice, today: Day, written: string): Identity | NoRole => {
  const all = known.roles.filter((one) => holds(one, today));
  const held = all.filter((one) => (role === undefined || one.role === role) && (unit === undefined || one.unit === unit));
  const [only, ...others] = held;
  if (!only || others.length > 0) return noRole(only ? held : all, written);
  const by = { actor: known.person, role: only.role, unit: only.unit, ...(only.insteadOf !== undefined && { for: only.insteadOf }) };
  return { tenant: known.tenant, by, holdings: known.holdings(only.unit, today) };
};

const holds = ({ from, to }: { readonly from: Day; readonly to?: Day | undefined }, today: Day): boolean => from <= today && (to === undefined || today <= to);

const noRole = (held: FoundPerson['roles'], written: string): NoRole => {
  const choices = held.map(({ role, unit }) => `${written}role=${role}; unit=${unit}`).join(' | ');
  if (!choices) return new NoRole('role.none', { sv: 'Personen har ingen roll i dag.', en: 'The person holds no role today.' });
  return new NoRole('role.choice-required', { sv: `Säg i vilken roll och enhet: ${choices}`, en: `Say in which role and unit: ${choices}` });
};
