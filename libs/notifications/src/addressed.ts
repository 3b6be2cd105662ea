import type { Text } from '#libs/kernel';
import { ROLE_NAMES, unitName, type Duty, type DutyHolders, type Role } from '#libs/organisation';
import type { Read } from '#libs/views';

/** A role in a unit, by the names that people use. */
export interface NamedDuty {
  readonly role: string;
  readonly unitName: string;
}

/** As what somebody gets a mail; `inPlaceOf` where it is another's duty, which nobody holds. */
export interface Addressed extends NamedDuty {
  readonly inPlaceOf?: NamedDuty;
}

/** A duty by the names that people use. */
export const named = async (read: Read, { unit, role }: Duty): Promise<NamedDuty> => ({ role, unitName: (await unitName(read, unit)) ?? unit });

export const addressedAs = async (read: Read, { duty, inPlaceOf }: DutyHolders): Promise<Addressed> => ({
  ...(await named(read, duty)),
  ...(inPlaceOf && { inPlaceOf: await named(read, inPlaceOf) }),
});

export const roleName = (role: string): Text => ROLE_NAMES[role as Role] ?? { sv: role, en: role };

/** The sentence that says in whose place a mail comes; none where it comes to whom it is for. */
export const inWhosePlace = ({ inPlaceOf }: Addressed): readonly Text[] => {
  if (!inPlaceOf) return [];
  const { sv, en } = roleName(inPlaceOf.role);
  return [
    {
      sv: `Det är egentligen en uppgift för ${sv}, ${inPlaceOf.unitName}, men den rollen har ingen just nu. Därför kommer mejlet till dig.`,
      en: `It is really a duty of the ${en}, ${inPlaceOf.unitName}, but nobody holds that role at present. That is why the mail comes to you.`,
    },
  ];
};
