import { derivedId } from '#libs/kernel';
import type { Role, UnitKind } from '#libs/organisation';

/** The id of a sample thing: the same in every instance, so that cases can name it. */
export const sampleId = (...name: readonly (string | number)[]): string => derivedId('sample', ...name);

export interface SampleUnit {
  readonly key: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly partOf?: string;
}
export interface SamplePerson {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly unit: string;
  /** First day of the role; since before any case begins where left out. */
  readonly from?: string;
}

/** A sample municipality: what is registered before any case is played. Role titles only: no invented names of officials. */
export interface SampleMunicipality {
  readonly tenant: string;
  readonly name: string;
  readonly units: readonly SampleUnit[];
  readonly providers: readonly { readonly key: string; readonly name: string }[];
  readonly people: readonly SamplePerson[];
}

interface District {
  readonly key: string;
  /** As a name, and as it stands before *stadsdelsnämnd*. */
  readonly name: string;
  readonly of: string;
}

const district = (key: string, name: string, of = `${name}s`): District => ({ key, name, of });

/** Stockholm's fourteen district boards until 30 June 2020. */
const DISTRICTS: readonly District[] = [
  district('bromma', 'Bromma', 'Bromma'),
  district('enskede-arsta-vantor', 'Enskede-Årsta-Vantör'),
  district('farsta', 'Farsta', 'Farsta'),
  district('hagersten-liljeholmen', 'Hägersten-Liljeholmen'),
  district('hasselby-vallingby', 'Hässelby-Vällingby', 'Hässelby-Vällingby'),
  district('kungsholmen', 'Kungsholmen'),
  district('norrmalm', 'Norrmalm'),
  district('rinkeby-kista', 'Rinkeby-Kista', 'Rinkeby-Kista'),
  district('skarpnack', 'Skarpnäck'),
  district('skarholmen', 'Skärholmen'),
  district('spanga-tensta', 'Spånga-Tensta', 'Spånga-Tensta'),
  district('sodermalm', 'Södermalm'),
  district('alvsjo', 'Älvsjö', 'Älvsjö'),
  district('ostermalm', 'Östermalm'),
];

/** Those that took over from others, and from which day. */
const SUCCESSORS: readonly (District & { readonly since: string })[] = [
  { ...district('hagersten-alvsjo', 'Hägersten-Älvsjö', 'Hägersten-Älvsjö'), since: '2020-07-01' },
  { ...district('norra-innerstaden', 'Norra innerstaden'), since: '2023-07-01' },
  { ...district('jarva', 'Järva', 'Järva'), since: '2023-07-01' },
];

/** District boards whose people act in a case; of the others only the registrar does. */
const ACTIVE = new Set(['hasselby-vallingby', 'norrmalm', 'spanga-tensta', 'alvsjo', 'ostermalm', 'hagersten-alvsjo', 'norra-innerstaden', 'jarva']);

const boardUnits = ({ key, of }: District): readonly SampleUnit[] => [
  { key, name: `${of} stadsdelsnämnd`, kind: 'district-board' },
  { key: `${key}-administration`, name: `${of} stadsdelsförvaltning`, kind: 'administration', partOf: key },
  { key: `${key}-social`, name: `Socialtjänstavdelningen, ${of.replace(/s$/, '')}`, kind: 'department', partOf: `${key}-administration` },
  { key: `${key}-lss`, name: `Stöd- och serviceenheten, ${of.replace(/s$/, '')}`, kind: 'unit', partOf: `${key}-social` },
];

const TITLES: Readonly<Partial<Record<Role, readonly [key: string, title: string]>>> = {
  registrar: ['registrar', 'Registrator'],
  'board-secretary': ['secretary', 'Nämndsekreterare'],
  'process-owner': ['owner', 'Processägare'],
  'head-of-administration': ['director', 'Förvaltningschef'],
  'department-head': ['head', 'Avdelningschef'],
  'unit-manager': ['manager', 'Enhetschef'],
  'case-officer': ['officer', 'Handläggare'],
};

/** Whoever holds a role: named by title and place, with an address made of both. */
const holder = (role: Role, place: { readonly key: string; readonly name: string }, unit: string, domain: string, from?: string): SamplePerson => {
  const [short, title] = TITLES[role] ?? [role, role];
  return {
    key: `${place.key}-${short}`,
    name: `${title}, ${place.name} (exempel)`,
    email: `${mailName(title)}.${place.key}@${domain}`,
    role,
    unit,
    ...(from !== undefined && { from }),
  };
};

const mailName = (title: string): string => title.toLowerCase().replaceAll(/[åä]/g, 'a').replaceAll('ö', 'o');

/** The people of a board that acts in a case, by the level at which each has the role. */
const staff = (place: { readonly key: string; readonly name: string }, domain: string, levels: readonly (readonly [Role, unit: string])[], from?: string) =>
  levels.map(([role, unit]) => holder(role, place, unit, domain, from));

const LEVELS = (key: string): readonly (readonly [Role, string])[] => [
  ['registrar', key],
  ['board-secretary', key],
  ['process-owner', key],
  ['head-of-administration', `${key}-administration`],
  ['department-head', `${key}-social`],
  ['unit-manager', `${key}-lss`],
  ['case-officer', `${key}-lss`],
];

const STOCKHOLM = 'stockholm.example';

const districtStaff = (place: District & { readonly since?: string }): readonly SamplePerson[] =>
  ACTIVE.has(place.key) ? staff(place, STOCKHOLM, LEVELS(place.key), place.since) : [holder('registrar', place, place.key, STOCKHOLM, place.since)];

const social = { key: 'socialnamnden', name: 'Socialnämnden' };
const education = { key: 'utbildningsnamnden', name: 'Utbildningsnämnden' };

const stockholm: SampleMunicipality = {
  tenant: 'stockholm',
  name: 'Stockholms stad (exempel)',
  units: [
    { key: 'kommunfullmaktige', name: 'Kommunfullmäktige', kind: 'body' },
    { key: 'stadsrevisionen', name: 'Revisorerna', kind: 'body' },
    { key: 'revisionskontoret', name: 'Revisionskontoret', kind: 'body' },
    { key: 'kommunstyrelsen', name: 'Kommunstyrelsen', kind: 'executive-board' },
    { key: 'stadsledningskontoret', name: 'Stadsledningskontoret', kind: 'administration', partOf: 'kommunstyrelsen' },
    { key: 'socialnamnden', name: 'Socialnämnden', kind: 'board' },
    { key: 'socialnamnden-administration', name: 'Socialförvaltningen', kind: 'administration', partOf: 'socialnamnden' },
    { key: 'socialnamnden-social', name: 'Avdelningen för stadsövergripande sociala frågor', kind: 'department', partOf: 'socialnamnden-administration' },
    { key: 'socialnamnden-law', name: 'Enheten för juridik, upphandling och föreningsstöd', kind: 'unit', partOf: 'socialnamnden-social' },
    { key: 'utbildningsnamnden', name: 'Utbildningsnämnden', kind: 'board' },
    { key: 'utbildningsnamnden-administration', name: 'Utbildningsförvaltningen', kind: 'administration', partOf: 'utbildningsnamnden' },
    ...[...DISTRICTS, ...SUCCESSORS].flatMap(boardUnits),
  ],
  providers: [
    { key: 'fritids', name: 'Eftermiddagen korttidstillsyn (exempel)' },
    { key: 'skola', name: 'Ängsskolans korttidstillsyn (exempel)' },
  ],
  people: [
    ...staff(social, STOCKHOLM, [
      ['registrar', 'socialnamnden'],
      ['board-secretary', 'socialnamnden'],
      ['process-owner', 'socialnamnden'],
      ['head-of-administration', 'socialnamnden-administration'],
      ['department-head', 'socialnamnden-social'],
      ['unit-manager', 'socialnamnden-law'],
    ]),
    ...staff(education, STOCKHOLM, [
      ['registrar', 'utbildningsnamnden'],
      ['board-secretary', 'utbildningsnamnden'],
      ['process-owner', 'utbildningsnamnden'],
      ['head-of-administration', 'utbildningsnamnden-administration'],
    ]),
    ...[...DISTRICTS, ...SUCCESSORS].flatMap(districtStaff),
    { key: 'stockholm-overseer', name: 'Uppsiktsansvarig, Stockholm (exempel)', email: 'uppsikt@stockholm.example', role: 'overseer', unit: 'kommunstyrelsen' },
    { key: 'stockholm-auditor', name: 'Revisor, Stockholm (exempel)', email: 'revisor@stockholm.example', role: 'auditor', unit: 'stadsrevisionen' },
    {
      key: 'stockholm-audit-officer',
      name: 'Yrkesrevisor, Stockholm (exempel)',
      email: 'yrkesrevisor@stockholm.example',
      role: 'audit-officer',
      unit: 'revisionskontoret',
    },
    {
      key: 'stockholm-administrator',
      name: 'Administratör, Stockholm (exempel)',
      email: 'administrator@stockholm.example',
      role: 'administrator',
      unit: 'stadsledningskontoret',
    },
  ],
};

const TYRESO = 'tyreso.example';
const aso = { key: 'tyreso', name: 'Tyresö' };

const tyresö: SampleMunicipality = {
  tenant: 'tyreso',
  name: 'Tyresö kommun (exempel)',
  units: [
    { key: 'tyreso-fullmaktige', name: 'Kommunfullmäktige', kind: 'body' },
    { key: 'tyreso-revision', name: 'Revisorerna', kind: 'body' },
    { key: 'ey', name: 'Ernst & Young', kind: 'body' },
    { key: 'tyreso-styrelsen', name: 'Kommunstyrelsen', kind: 'executive-board' },
    { key: 'bun', name: 'Barn- och utbildningsnämnden', kind: 'board' },
    { key: 'aso', name: 'Arbetsmarknads- och socialnämnden', kind: 'board' },
    { key: 'aso-administration', name: 'Arbetsmarknads- och socialförvaltningen', kind: 'administration', partOf: 'aso' },
    { key: 'aso-lss', name: 'Enheten för stöd och service', kind: 'unit', partOf: 'aso-administration' },
    { key: 'kfn', name: 'Kultur- och fritidsnämnden', kind: 'board' },
  ],
  providers: [{ key: 'ang', name: 'Ängens fritids (exempel)' }],
  people: [
    ...staff(aso, TYRESO, [
      ['registrar', 'aso'],
      ['process-owner', 'aso'],
      ['board-secretary', 'aso'],
      ['head-of-administration', 'aso-administration'],
      ['unit-manager', 'aso-lss'],
      ['case-officer', 'aso-lss'],
    ]),
    {
      key: 'tyreso-styrelsen-secretary',
      name: 'Nämndsekreterare, kommunstyrelsen (exempel)',
      email: 'kommunstyrelsen@tyreso.example',
      role: 'board-secretary',
      unit: 'tyreso-styrelsen',
    },
    { key: 'tyreso-overseer', name: 'Uppsiktsansvarig, Tyresö (exempel)', email: 'uppsikt@tyreso.example', role: 'overseer', unit: 'tyreso-styrelsen' },
    { key: 'tyreso-auditor', name: 'Revisor, Tyresö (exempel)', email: 'revisor@tyreso.example', role: 'auditor', unit: 'tyreso-revision' },
    { key: 'tyreso-administrator', name: 'Administratör, Tyresö (exempel)', email: 'administrator@tyreso.example', role: 'administrator', unit: 'aso' },
  ],
};

/** Two, so that every route can be tried with the other’s object. */
export const municipalities: readonly SampleMunicipality[] = [stockholm, tyresö];
