import { AssignRole, RegisterMunicipality, RegisterPerson, RegisterProvider, RegisterUnit } from '#libs/organisation';
import { defaultRules, SetDeadlineRule } from '#libs/timers';
import type { Day } from '#libs/kernel';
import { sampleId, type SampleMunicipality } from './municipalities.js';

/** Roles of samples are held since before any case begins. */
const SINCE = '2000-01-01' as Day;

/** The commands that register a sample municipality, in their order: its register, units, providers, people with their roles, rules. */
export const registrations = ({ name, units, providers, people }: SampleMunicipality): readonly object[] => [
  Object.assign(new RegisterMunicipality(), { name }),
  ...units.map(({ key, name: called, kind, partOf }) =>
    Object.assign(new RegisterUnit(), { unit: sampleId('unit', key), name: called, kind, ...(partOf !== undefined && { partOf: sampleId('unit', partOf) }) }),
  ),
  ...providers.map(({ key, name: called }) => Object.assign(new RegisterProvider(), { provider: sampleId('provider', key), name: called })),
  ...people.flatMap(({ key, name: called, email, role, unit, from }) => [
    Object.assign(new RegisterPerson(), { person: sampleId('person', key), name: called, email, language: 'sv' as const }),
    Object.assign(new AssignRole(), { person: sampleId('person', key), role, unit: sampleId('unit', unit), from: (from ?? SINCE) as Day }),
  ]),
  ...defaultRules.map((rule) => Object.assign(new SetDeadlineRule(), rule)),
];
