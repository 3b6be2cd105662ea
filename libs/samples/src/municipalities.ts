import { derivedId } from '#libs/kernel';

/** The id of a sample thing: the same in every instance, so that cases can name it. */
export const sampleId = (...name: readonly (string | number)[]): string => derivedId('sample', ...name);

interface SampleUnit {
  readonly key: string;
  readonly name: string;
  readonly kind: 'board' | 'administration' | 'department' | 'unit';
  readonly partOf?: string;
}
interface SamplePerson {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'case-officer' | 'unit-manager' | 'process-owner' | 'auditor' | 'administrator';
  readonly unit: string;
}

/** A sample municipality: what is registered before any case is played. Role titles only: no invented names of officials. */
export interface SampleMunicipality {
  readonly tenant: string;
  readonly name: string;
  readonly units: readonly SampleUnit[];
  readonly providers: readonly { readonly key: string; readonly name: string }[];
  readonly people: readonly SamplePerson[];
}

const stockholm: SampleMunicipality = {
  tenant: 'stockholm',
  name: 'Stockholms stad (exempel)',
  units: [
    { key: 'ostermalm', name: 'Östermalms stadsdelsnämnd', kind: 'board' },
    { key: 'ostermalm-administration', name: 'Östermalms stadsdelsförvaltning', kind: 'administration', partOf: 'ostermalm' },
    { key: 'ostermalm-social', name: 'Socialtjänstavdelningen, Östermalm', kind: 'department', partOf: 'ostermalm-administration' },
    { key: 'ostermalm-lss', name: 'Stöd- och serviceenheten, Östermalm', kind: 'unit', partOf: 'ostermalm-social' },
    { key: 'norrmalm', name: 'Norrmalms stadsdelsnämnd', kind: 'board' },
    { key: 'norrmalm-lss', name: 'Stöd- och serviceenheten, Norrmalm', kind: 'unit', partOf: 'norrmalm' },
    { key: 'revisionskontoret', name: 'Revisionskontoret', kind: 'administration' },
  ],
  providers: [
    { key: 'fritids', name: 'Eftermiddagen korttidstillsyn (exempel)' },
    { key: 'skola', name: 'Ängsskolans korttidstillsyn (exempel)' },
  ],
  people: [
    {
      key: 'ostermalm-officer',
      name: 'Handläggare, Östermalm (exempel)',
      email: 'handlaggare.ostermalm@stockholm.example',
      role: 'case-officer',
      unit: 'ostermalm-lss',
    },
    {
      key: 'ostermalm-manager',
      name: 'Enhetschef, Östermalm (exempel)',
      email: 'enhetschef.ostermalm@stockholm.example',
      role: 'unit-manager',
      unit: 'ostermalm-lss',
    },
    {
      key: 'norrmalm-officer',
      name: 'Handläggare, Norrmalm (exempel)',
      email: 'handlaggare.norrmalm@stockholm.example',
      role: 'case-officer',
      unit: 'norrmalm-lss',
    },
    { key: 'stockholm-owner', name: 'Processägare, Stockholm (exempel)', email: 'processagare@stockholm.example', role: 'process-owner', unit: 'ostermalm' },
    { key: 'stockholm-auditor', name: 'Revisor, Stockholm (exempel)', email: 'revisor@stockholm.example', role: 'auditor', unit: 'revisionskontoret' },
    {
      key: 'stockholm-administrator',
      name: 'Administratör, Stockholm (exempel)',
      email: 'administrator@stockholm.example',
      role: 'administrator',
      unit: 'ostermalm-administration',
    },
  ],
};

const tyresö: SampleMunicipality = {
  tenant: 'tyreso',
  name: 'Tyresö kommun (exempel)',
  units: [
    { key: 'aso', name: 'Arbetsmarknads- och socialnämnden', kind: 'board' },
    { key: 'aso-lss', name: 'Enheten för stöd och service', kind: 'unit', partOf: 'aso' },
    { key: 'tyreso-revision', name: 'Revisorerna', kind: 'administration' },
  ],
  providers: [{ key: 'ang', name: 'Ängens fritids (exempel)' }],
  people: [
    { key: 'tyreso-officer', name: 'Handläggare, Tyresö (exempel)', email: 'handlaggare@tyreso.example', role: 'case-officer', unit: 'aso-lss' },
    { key: 'tyreso-manager', name: 'Enhetschef, Tyresö (exempel)', email: 'enhetschef@tyreso.example', role: 'unit-manager', unit: 'aso-lss' },
    { key: 'tyreso-auditor', name: 'Revisor, Tyresö (exempel)', email: 'revisor@tyreso.example', role: 'auditor', unit: 'tyreso-revision' },
    { key: 'tyreso-administrator', name: 'Administratör, Tyresö (exempel)', email: 'administrator@tyreso.example', role: 'administrator', unit: 'aso' },
  ],
};

/** Two, so that every route can be tried with the other’s object. */
export const municipalities: readonly SampleMunicipality[] = [stockholm, tyresö];
