import type { Day } from '#libs/kernel';
import type { NoteResponsibilityCircumstance } from './note-responsibility-circumstance.js';
import type { RecordResponsibilityDisputed } from './record-responsibility-disputed.js';
import type { SetResponsibilityRule } from './set-responsibility-rule.js';
import type { StateAboutCircumstance } from './state-about-circumstance.js';

/** The boards and the unit that the sample names. */
export interface SampleBoards {
  readonly social: string;
  readonly education: string;
  /** Enheten för juridik, upphandling och föreningsstöd [003]. */
  readonly law: string;
}

/** Korttidstillsyn has been among the services of LOV since 2016 [000]; that the rules begin then is an example. */
const SAMPLE_FROM = '2016-01-01' as Day;
/** The day before the June meeting to which a specification of the schools' own was attached [000]. */
const SAMPLE_LAST_DISPUTED = '2022-06-13' as Day;
const SUPERVISION = 'short-term-supervision';
const SCHOOLS = { provisionForm: 'in-house-school', service: SUPERVISION } as const;

/**
 * Stockholm's rules before the agreement, of the table in the domain's §3.3. Who answers is what the sources say [000], [002], [003]; what is
 * marked *exempel* is not in them. Nobody is designated for the operational follow-up of the schools: that is what the auditors found.
 */
export const stockholmRules = ({ social, education, law }: SampleBoards): readonly SetResponsibilityRule[] => [
  {
    kind: 'overall',
    match: {},
    answer: { who: 'named', board: social },
    basis: 'Socialnämndens reglemente: stadens samlade socialtjänstverksamhet [000], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'own-internal-control',
    match: { provisionForm: 'in-house-district' },
    answer: { who: 'operating' },
    basis: 'KL 6 kap. 6 § [002] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'own-internal-control',
    match: { provisionForm: 'in-house-school' },
    answer: { who: 'named', board: education },
    basis: 'KL 6 kap. 6 § [002]: utbildningsnämnden bedriver verksamheten (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  ...(['private-lov', 'private-individual-contract', 'outsourced'] as const).map((provisionForm) => ({
    kind: 'own-internal-control' as const,
    match: { provisionForm },
    answer: { who: 'not-applicable' as const },
    basis: 'KL 6 kap. 6 § gäller nämndens egen verksamhet; utföraren är ingen nämnd (exempel)',
    from: SAMPLE_FROM,
  })),
  {
    kind: 'operational-follow-up',
    match: { provisionForm: 'in-house-district' },
    answer: { who: 'operating' },
    basis: 'KL 6 kap. 6 §; uppdragsbeskrivning [002], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  ...(['private-lov', 'private-individual-contract', 'outsourced'] as const).map((provisionForm) => ({
    kind: 'operational-follow-up' as const,
    match: { provisionForm },
    answer: { who: 'not-applicable' as const },
    basis: 'Verksamheten följs upp genom sitt avtal (exempel)',
    from: SAMPLE_FROM,
  })),
  {
    kind: 'contract-follow-up',
    match: { provisionForm: 'private-lov' },
    answer: { who: 'named', board: social, performingUnit: law, districtsAssist: true },
    basis: 'LOV (2008:962); avtal [002], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'contract-follow-up',
    match: { provisionForm: 'private-individual-contract' },
    answer: { who: 'contracting' },
    basis: 'Socialnämndens reglemente: den stadsdelsnämnd som har tecknat avtalet [000], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'contract-follow-up',
    match: { provisionForm: 'outsourced' },
    answer: { who: 'contracting' },
    basis: 'Entreprenadavtalet: den avtalstecknande stadsdelsförvaltningen [002], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'contract-follow-up',
    match: { provisionForm: 'in-house-district' },
    answer: { who: 'not-applicable' },
    basis: 'Egen regi har inget avtal; uppdragsbeskrivningen följs upp i verksamhetsuppföljningen (exempel)',
    from: SAMPLE_FROM,
  },
  {
    kind: 'per-individual',
    match: {},
    answer: { who: 'granting', performingRole: 'case-officer' },
    basis: 'Socialnämndens reglemente: biståndshandläggarna på respektive stadsdelsförvaltning [000], [003] (första dag: exempel)',
    from: SAMPLE_FROM,
  },
];

/** Whether a specification holds for the schools is what the sources contradict each other about; that it is recorded so, and its days, are an example. */
export const stockholmDispute: RecordResponsibilityDisputed = {
  kind: 'contract-follow-up',
  match: SCHOOLS,
  from: SAMPLE_FROM,
  to: SAMPLE_LAST_DISPUTED,
  claims: [
    {
      text: 'Uppdragsbeskrivningen för korttidstillsyn är avsedd att gälla all verksamhet i egen regi, även de kommunala skolorna',
      source: '[003] Förvaltningens synpunkter och förslag',
    },
    {
      text: 'Det saknas uppdragsbeskrivningar för den korttidstillsyn som bedrivs inom de kommunala skolorna',
      source: 'Stadsrevisionen, Nr 5 2020, enligt [000] och [003]',
    },
  ],
};

/** The decision on the model, of which two sources give different years: both are kept. */
export const stockholmCircumstance: Pick<NoteResponsibilityCircumstance, 'kind' | 'match' | 'title' | 'source'> = {
  kind: 'operational-follow-up',
  match: SCHOOLS,
  title: 'Socialnämndens beslut att följa upp skolornas korttidstillsyn med samma modell och mallar som privata verksamheter inom LOV',
  source: '[000], [002]',
};

/** What the sources say of when it was decided: shown as *April 2020 [000] / 2021 [002]*. */
export const stockholmStatements: readonly Omit<StateAboutCircumstance, 'circumstance'>[] = [
  {
    about: 'decided-on',
    value: 'april 2020',
    on: { from: '2020-04-01' as Day, to: '2020-04-30' as Day },
    source: '[000] Socialnämndens åtgärder',
    quotation:
      'Socialnämnden beslutade i april 2020 om att samma modell och samma uppföljningsmallar som används vid uppföljning av privata verksamheter inom LOV',
  },
  {
    about: 'decided-on',
    value: '2021',
    on: { from: '2021-01-01' as Day, to: '2021-12-31' as Day },
    source: '[002] Ärendets beredning: samråd 21 och 22 april; uppdrag under 2021',
  },
];
