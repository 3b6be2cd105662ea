import { BadShape, Code, DayField, FreeText, ListOf, Nested, read } from '#libs/fields';
import type { Day } from '#libs/kernel';
import { LANGUAGES, ROLES, UNIT_KINDS, type Language, type Role, type UnitKind } from '#libs/organisation';

// The file that a municipality is registered from: docs/sign-in.md tells it to those who write one. Things are known by keys of the writer's own.

const KEY = { max: 100 } as const;

class UnitInFile {
  @FreeText('What the rest of the file calls it.', KEY) key!: string;
  @FreeText('What people call it.', { max: 200 }) name!: string;
  @Code('Where it stands.', UNIT_KINDS, 'UnitKind') kind!: UnitKind;
  @FreeText('The key of the unit that it belongs to.', { ...KEY, optional: true }) partOf?: string;
}

class ProviderInFile {
  @FreeText('A key.', KEY) key!: string;
  @FreeText('What people call it.', { max: 200 }) name!: string;
}

class RoleInFile {
  @Code('The role.', ROLES, 'Role') role!: Role;
  @FreeText('The key of the unit in which it is held.', KEY) unit!: string;
  @DayField('First day.') from!: Day;
  @DayField('Last day; until further notice where left out.', { optional: true }) to?: Day;
}

class SignInInFile {
  @FreeText('As it stands in the tokens; OIDC_ISSUER where left out.', { max: 500, optional: true }) issuer?: string;
  @FreeText('What the issuer calls the person.', { max: 255 }) subject!: string;
}

class PersonInFile {
  @FreeText('A key.', KEY) key!: string;
  @FreeText('Name.', { max: 200 }) name!: string;
  @FreeText('Address for mail.', { max: 254 }) email!: string;
  @Code('The language in which the person is written to; Swedish where left out.', LANGUAGES, 'Language', { optional: true }) language?: Language;
  @ListOf(() => RoleInFile, { min: 1, max: 50 }) roles!: RoleInFile[];
  @Nested(() => SignInInFile, { optional: true }) signIn?: SignInInFile;
}

export class MunicipalityFile {
  @FreeText('What it is called in addresses and streams.', { max: 40 }) tenant!: string;
  @FreeText('What people call it.', { max: 200 }) name!: string;
  @ListOf(() => UnitInFile, { min: 1, max: 1_000 }) units!: UnitInFile[];
  @ListOf(() => ProviderInFile, { max: 1_000, optional: true }) providers?: ProviderInFile[];
  @ListOf(() => PersonInFile, { min: 1, max: 1_000 }) people!: PersonInFile[];
}

/** What is wrong with the file: where, and what to write instead. */
export interface FileFault {
  readonly at: string;
  readonly why: string;
}

/** The file cannot be registered from, and nothing has been: a line for each thing that is wrong. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';

  constructor(path: string, faults: readonly FileFault[]) {
    super([`${path} was not registered, and nothing was changed:`, ...faults.map(({ at, why }) => `  ${at || 'the file'}: ${why}`)].join('\n'));
  }
}

/**
 * Reads what the file says, and holds it against itself.
 * @param issuer `OIDC_ISSUER`, where it is set
 * @throws FileRefused
 */
export const parseMunicipality = (path: string, text: string, issuer: string | undefined): MunicipalityFile => {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    throw new FileRefused(path, [{ at: '', why: `It is not JSON: ${(error as Error).message}.` }]);
  }
  const file = shaped(path, said);
  const faults = [...faultsOfKeys(file), ...faultsOfUnits(file), ...faultsOfPeople(file, issuer)];
  if (faults.length > 0) throw new FileRefused(path, faults);
  for (const { signIn } of file.people) if (signIn && issuer !== undefined) signIn.issuer = issuer;
  return file;
};

const shaped = (path: string, said: unknown): MunicipalityFile => {
  try {
    return read(MunicipalityFile, said);
  } catch (error) {
    if (!(error instanceof BadShape)) throw error;
    throw new FileRefused(
      path,
      error.faults.map(({ pointer, detail }) => ({ at: pointer.slice(1), why: detail.en })),
    );
  }
};

const faultsOfKeys = ({ tenant, units, providers = [], people }: MunicipalityFile): readonly FileFault[] => {
  const lists = Object.entries({ units, providers, people });
  const twice = lists.flatMap(([name, list]) =>
    list.flatMap(({ key }, nth) =>
      list.findIndex((other) => other.key === key) < nth
        ? [{ at: `${name}/${nth}/key`, why: `Another one has the key ${key}; give each a key of its own.` }]
        : [],
    ),
  );
  const isTenant = /^[a-z0-9]+$/.test(tenant);
  return isTenant ? twice : [{ at: 'tenant', why: 'Write small letters a to z and digits alone, such as exempelby.' }, ...twice];
};

const unknownUnit = (key: string): string => `There is no unit with the key ${key} in this file; write the key of one that there is.`;

const faultsOfUnits = ({ units }: MunicipalityFile): readonly FileFault[] => {
  const above = new Map(units.map(({ key, partOf }) => [key, partOf]));
  const isBelowItself = (key: string): boolean => {
    const passed = new Set<string>();
    for (let at: string | undefined = key; at !== undefined; at = above.get(at)) {
      if (passed.has(at)) return true;
      passed.add(at);
    }
    return false;
  };
  return units.flatMap(({ key, partOf }, nth) => {
    const at = `units/${nth}/partOf`;
    if (partOf !== undefined && !above.has(partOf)) return [{ at, why: unknownUnit(partOf) }];
    return isBelowItself(key) ? [{ at, why: 'By way of what it belongs to it belongs to itself.' }] : [];
  });
};

const faultsOfPeople = ({ units, people }: MunicipalityFile, issuer: string | undefined): readonly FileFault[] => {
  const known = new Set(units.map(({ key }) => key));
  const faults = people.flatMap(({ roles, signIn }, nth) => [
    ...roles.flatMap(({ unit }, of) => (known.has(unit) ? [] : [{ at: `people/${nth}/roles/${of}/unit`, why: unknownUnit(unit) }])),
    ...(signIn ? faultsOfIssuer(signIn, `people/${nth}/signIn/issuer`, issuer) : []),
    ...(signIn && people.findIndex((other) => other.signIn?.subject === signIn.subject && other.signIn.issuer === signIn.issuer) < nth
      ? [{ at: `people/${nth}/signIn`, why: 'Another person has the same sign-in; it can be one person’s only.' }]
      : []),
  ]);
  const hasAdministrator = people.some(({ roles, signIn }) => signIn !== undefined && roles.some(({ role }) => role === 'administrator'));
  return hasAdministrator
    ? faults
    : [...faults, { at: 'people', why: 'Nobody with the role administrator has a signIn, so nobody could let others in. Give one such person a signIn.' }];
};

/** Whoever misspells the issuer would link a sign-in that nobody has. */
const faultsOfIssuer = (signIn: SignInInFile, at: string, issuer: string | undefined): readonly FileFault[] => {
  if (signIn.issuer === undefined) return issuer === undefined ? [{ at, why: 'Write the issuer as it stands in the tokens (iss), or set OIDC_ISSUER.' }] : [];
  if (issuer === undefined || signIn.issuer === issuer) return [];
  return [{ at, why: `It is another than OIDC_ISSUER, which is ${issuer}. Write the same, or leave it out.` }];
};

/** A unit is registered after what it belongs to, in whatever order they are written. */
export const parentsFirst = (units: readonly UnitInFile[]): readonly UnitInFile[] => {
  const byKey = new Map(units.map((unit) => [unit.key, unit]));
  const lineOf = (unit: UnitInFile): readonly UnitInFile[] => {
    const parent = unit.partOf === undefined ? undefined : byKey.get(unit.partOf);
    return parent ? [...lineOf(parent), unit] : [unit];
  };
  return [...new Set(units.flatMap(lineOf))];
};
