import type { Text } from '#libs/kernel';

/** Which kinds of responsibility there are for one operation (domain §3.3). Each has its own answer. */
export const RESPONSIBILITY_KINDS = ['overall', 'own-internal-control', 'operational-follow-up', 'contract-follow-up', 'per-individual'] as const;
export type ResponsibilityKind = (typeof RESPONSIBILITY_KINDS)[number];

export const RESPONSIBILITY_KIND_NAMES: Readonly<Record<ResponsibilityKind, Text>> = {
  overall: { sv: 'Övergripande ansvar', en: 'Overall responsibility' },
  'own-internal-control': { sv: 'Egen intern kontroll', en: 'Own internal control' },
  'operational-follow-up': { sv: 'Verksamhetsuppföljning', en: 'Operational follow-up' },
  'contract-follow-up': { sv: 'Avtalsuppföljning', en: 'Contract follow-up' },
  'per-individual': { sv: 'Uppföljning per individ', en: 'Follow-up per individual' },
};

/** Regiform: in which form an operation is run. */
export const PROVISION_FORMS = ['in-house-district', 'in-house-school', 'private-lov', 'private-individual-contract', 'outsourced'] as const;
export type ProvisionForm = (typeof PROVISION_FORMS)[number];

export const PROVISION_FORM_NAMES: Readonly<Record<ProvisionForm, Text>> = {
  'in-house-district': { sv: 'Egen regi, stadsdel', en: 'In-house, district' },
  'in-house-school': { sv: 'Egen regi, skola', en: 'In-house, school' },
  'private-lov': { sv: 'Privat utförare enligt LOV', en: 'Private, by LOV' },
  'private-individual-contract': { sv: 'Privat utförare, individuellt avtal', en: 'Private, individual contract' },
  outsourced: { sv: 'Entreprenad', en: 'Outsourced' },
};

/** Whom a rule designates: a board that it names, the one that a question names in that place, or nobody, since the kind does not apply. */
export const DESIGNATIONS = ['named', 'operating', 'contracting', 'granting', 'not-applicable'] as const;
export type Designation = (typeof DESIGNATIONS)[number];

/** A board that a rule designates by its place, for a question that does not name it. */
export const RELATIVE_BOARD_NAMES: Readonly<Record<Exclude<Designation, 'named' | 'not-applicable'>, Text>> = {
  operating: { sv: 'den nämnd som bedriver verksamheten', en: 'the board that runs the operation' },
  contracting: { sv: 'den nämnd som har tecknat avtalet', en: 'the board that signed the contract' },
  granting: { sv: 'den nämnd som har beviljat insatsen', en: 'the board that granted the service' },
};

/** What is answered of one kind of responsibility. */
export const OUTCOMES = ['designated', 'none-designated', 'disputed', 'not-applicable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_NAMES: Readonly<Record<Outcome, Text>> = {
  designated: { sv: 'Utpekad', en: 'Designated' },
  'none-designated': { sv: 'Ingen utpekad', en: 'None designated' },
  disputed: { sv: 'Omtvistat', en: 'Disputed' },
  'not-applicable': { sv: 'Inte tillämpligt', en: 'Not applicable' },
};

/** What services are called; a code that is not among them is shown as it is. */
const SERVICE_NAMES: Readonly<Record<string, Text>> = {
  'personal-assistance': { sv: 'Personlig assistans', en: 'Personal assistance' },
  'companion-service': { sv: 'Ledsagarservice', en: 'Companion service' },
  'contact-person': { sv: 'Kontaktperson', en: 'Contact person' },
  'relief-service': { sv: 'Avlösarservice', en: 'Relief service' },
  'short-term-stay': { sv: 'Korttidsvistelse', en: 'Short-term stay' },
  'short-term-supervision': { sv: 'Korttidstillsyn', en: 'Short period of supervision' },
  'children-residence': { sv: 'Bostad för barn och unga', en: 'Residence for children' },
  'adult-residence': { sv: 'Bostad för vuxna', en: 'Residence for adults' },
  'daily-activities': { sv: 'Daglig verksamhet', en: 'Daily activities' },
};

export const serviceName = (service: string): Text => SERVICE_NAMES[service] ?? { sv: service, en: service };
