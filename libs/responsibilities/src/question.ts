import { Code, FreeText, Id } from '#libs/fields';
import { Query } from '#libs/fields';
import { PROVISION_FORMS, type ProvisionForm } from './responsibility.codes.js';
import type { Values } from './match.js';

/** For what responsibility is asked: what is left out is not there, and only rules for any value answer for it. */
export class ResponsibilityFields extends Query {
  @Code('Regiform.', PROVISION_FORMS, 'ProvisionForm', { optional: true }) provisionForm?: ProvisionForm;
  @FreeText('The service by its code, such as short-term-supervision.', { max: 60, optional: true }) service?: string;
  @Id('The board that runs the operation; that of the unit where left out.', { optional: true }) operatingBoard?: string;
  @Id('The unit that runs it.', { optional: true }) operatingUnit?: string;
  @Id('The board that signed the contract.', { optional: true }) contractingBoard?: string;
  @Id('The board that granted the service.', { optional: true }) grantingBoard?: string;
}

/** The fields of a question. */
export const fieldsAsked = ({
  provisionForm,
  service,
  operatingBoard,
  operatingUnit,
  contractingBoard,
  grantingBoard,
}: Omit<ResponsibilityFields, 'asOf'>): Values =>
  Object.fromEntries(
    Object.entries({ provisionForm, service, operatingBoard, operatingUnit, contractingBoard, grantingBoard }).filter(([, value]) => value !== undefined),
  );
