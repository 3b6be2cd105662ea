import { Bool, Code, FreeText, Id, ListOfIds, Nested } from '#libs/fields';
import { ROLES, type Role } from '#libs/organisation';
import { DESIGNATIONS, PROVISION_FORMS, RESPONSIBILITY_KINDS, type Designation, type ProvisionForm, type ResponsibilityKind } from './responsibility.codes.js';
import { MAX_ASSISTING, MAX_BASIS, MAX_CLAUSE } from './rule-fields.js';

/** For what a rule holds: each field is a value, or any where it is left out. */
export class ResponsibilityMatch {
  @Code('Regiform; any where left out.', PROVISION_FORMS, 'ProvisionForm', { optional: true }) provisionForm?: ProvisionForm;
  @FreeText('The service by its code, such as short-term-supervision; any where left out.', { max: 60, optional: true }) service?: string;
  @Id('The board that runs the operation; any where left out.', { optional: true }) operatingBoard?: string;
  @Id('The unit that runs it; any where left out.', { optional: true }) operatingUnit?: string;
  @Id('The board that signed the contract; any where left out.', { optional: true }) contractingBoard?: string;
  @Id('The board that granted the service; any where left out.', { optional: true }) grantingBoard?: string;
}

/** Whom a rule designates. */
export class ResponsibilityDesignation {
  @Code('A named board, the one in that place of the question, or not applicable.', DESIGNATIONS, 'Designation') who!: Designation;
  @Id('The named board.', { optional: true }) board?: string;
  @Id('The unit that performs it.', { optional: true }) performingUnit?: string;
  @Code('The role that performs it.', ROLES, 'Role', { optional: true }) performingRole?: Role;
  @ListOfIds('Units or boards that assist.', { min: 1, max: MAX_ASSISTING, optional: true }) assistingUnits?: string[];
  @Bool('The district boards assist: those that there are on the day.', { optional: true }) districtsAssist?: boolean;
}

/** What a structured clause of an agreement says of who follows up whom. Each becomes one rule. */
export class ClauseRule {
  @FreeText('The clause, as the version numbers it: each once.', { max: MAX_CLAUSE }) clause!: string;
  @Code('The kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind') kind!: ResponsibilityKind;
  @Nested(() => ResponsibilityMatch) match!: ResponsibilityMatch;
  @Nested(() => ResponsibilityDesignation) answer!: ResponsibilityDesignation;
  @FreeText('What it rests on.', { max: MAX_BASIS }) basis!: string;
}
