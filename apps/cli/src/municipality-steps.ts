import type { Reads } from '#libs/commands';
import type { SignIns } from '#libs/http';
import { derivedId } from '#libs/kernel';
import {
  AssignRole,
  LinkSignIn,
  organisationId,
  organisationStream,
  personStream,
  RegisterMunicipality,
  RegisterPerson,
  RegisterProvider,
  RegisterUnit,
} from '#libs/organisation';
import { deadlineRules, deadlineRulesId, defaultRules, rulesOf, SetDeadlineRule } from '#libs/timers';
import type { Keyring } from '#libs/vault';
import { parentsFirst, type MunicipalityFile } from './municipality-file.js';

/** What things are counted as. */
export const KINDS = ['municipality', 'rules', 'units', 'providers', 'people', 'roles', 'signIns'] as const;
type Kind = (typeof KINDS)[number];

/** One thing to be recorded. */
export interface RegistrationStep {
  readonly kind: Kind;
  /** Where in the file it stands. */
  readonly at: string;
  readonly command: object;
  /** The same in every run, and nothing personal in it. */
  readonly commandId: string;
  /** Of a sign-in: what it is called in the log, and whose it is to be. */
  readonly signIn?: { readonly name: string; readonly person: string };
}

/** Ids of what the file names by keys: the same in every run. Those of people follow from nothing that anybody could try out. */
export const idsOf = (tenant: string, keyring: Pick<Keyring, 'mark'>) => ({
  unit: (key: string) => derivedId('municipality', tenant, 'unit', key),
  provider: (key: string) => derivedId('municipality', tenant, 'provider', key),
  person: (key: string) => derivedId('municipality', tenant, 'person', keyring.mark('person', JSON.stringify([tenant, key]))),
});

const made = <C extends object>(command: new () => C, said: Partial<C>): C => Object.assign(new command(), said);

/**
 * What the file asks for and the register does not have. What somebody has changed since is left as it is: a person who was registered,
 * a role that was held from that day, a rule that was set.
 */
export const stepsOf = async (file: MunicipalityFile, reads: Reads, keyring: Pick<Keyring, 'mark'>, signIns: SignIns): Promise<readonly RegistrationStep[]> => {
  const { tenant, name, units, providers = [], people } = file;
  const ids = idsOf(tenant, keyring);
  const { state } = await reads.fold(organisationStream, organisationId(tenant));
  const known = state.status === 'registered' ? state : undefined;
  const ruled = new Set(rulesOf((await reads.fold(deadlineRules, deadlineRulesId(tenant))).state).map(({ type }) => type));
  const step = (kind: Kind, at: string, command: object, ...identity: readonly string[]): RegistrationStep => ({
    kind,
    at,
    command,
    commandId: derivedId('municipality', tenant, kind, ...identity),
  });

  const ofPerson = async ({ key, language = 'sv', roles, signIn, ...rest }: MunicipalityFile['people'][number], nth: number): Promise<RegistrationStep[]> => {
    const person = ids.person(key);
    const { state: registered } = await reads.fold(personStream, person);
    const link = signIn && { name: signIns.nameOf(signIn.issuer ?? '', signIn.subject), person };
    return [
      ...(registered.status === 'none' ? [step('people', `people/${nth}`, made(RegisterPerson, { person, language, ...rest }), person)] : []),
      ...roles.flatMap(({ unit: unitKey, ...role }, of) => {
        const unit = ids.unit(unitKey);
        const isHeld = known?.roles.get(person)?.some((one) => one.role === role.role && one.unit === unit && one.from === role.from);
        const command = made(AssignRole, { person, unit, ...role });
        return isHeld ? [] : [step('roles', `people/${nth}/roles/${of}`, command, person, role.role, unit, role.from)];
      }),
      ...(link && known?.signIns.get(link.name) !== person
        ? [{ ...step('signIns', `people/${nth}/signIn`, made(LinkSignIn, { person, reference: link.name }), person, link.name), signIn: link }]
        : []),
    ];
  };

  return [
    step('municipality', 'name', made(RegisterMunicipality, { name }), name),
    ...parentsFirst(units).map((unit) => {
      const { key, name: called, kind, partOf } = unit;
      const command = made(RegisterUnit, { unit: ids.unit(key), name: called, kind, ...(partOf !== undefined && { partOf: ids.unit(partOf) }) });
      return step('units', `units/${units.indexOf(unit)}`, command, JSON.stringify(command));
    }),
    ...providers.map(({ key, name: called }, nth) =>
      step('providers', `providers/${nth}`, made(RegisterProvider, { provider: ids.provider(key), name: called }), key, called),
    ),
    ...(await Promise.all(people.map(ofPerson))).flat(),
    ...defaultRules
      .filter(({ type }) => !ruled.has(type))
      .map((rule) => step('rules', `the rule for ${rule.type}`, Object.assign(new SetDeadlineRule(), rule), rule.type)),
  ];
};
