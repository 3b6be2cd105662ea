import { Code, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import { sameName, tidy } from './names.js';
import { UnitRegistered, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import type { Organisation, RegisteredOrganisation } from './organisation.js';
import { standsAbove, UNIT_KIND_NAMES, UNIT_KINDS, type UnitKind } from './unit-kinds.js';

/** Enters a board, administration, department or unit, or a body outside the boards. */
export class RegisterUnit {
  @Id('The new unit.') unit!: string;
  @FreeText('What it is called.', { max: 200 }) name!: string;
  @Code('Where it stands in the municipality.', UNIT_KINDS, 'UnitKind') kind!: UnitKind;
  @Id('The unit that it belongs to; a board belongs to none, nor does a body outside the boards.', { optional: true }) partOf?: string;
}

export const registerUnit: Decide<RegisterUnit, Organisation, OrganisationEvent> = ({ unit, name, kind, partOf }, organisation) => {
  assertRegistered(organisation);
  const known = organisation.units.get(unit);
  if (known) {
    if (sameName(known.name, name) && known.kind === kind && known.partOf === partOf) return [];
    throw forbidden('unit.registered', { sv: `Enheten är redan registrerad, som ${known.name}.`, en: `The unit is registered already, as ${known.name}.` });
  }
  assertPlace(organisation, kind, partOf);
  const namesake = [...organisation.units.values()].find((other) => other.partOf === partOf && sameName(other.name, name));
  if (namesake) {
    throw contradictory(
      'unit.name-taken',
      {
        sv: `Det finns redan en enhet där som heter ${namesake.name}. Ge den nya ett eget namn.`,
        en: `There is a unit called ${namesake.name} there already. Give the new one a name of its own.`,
      },
      '/name',
    );
  }
  return [event(UnitRegistered, { unit, name: tidy(name), kind, ...(partOf !== undefined && { partOf }) })];
};

const assertPlace = ({ units }: RegisteredOrganisation, kind: UnitKind, partOf: string | undefined): void => {
  if (partOf === undefined) return;
  const parent = units.get(partOf);
  if (!parent) {
    throw contradictory(
      'unit.parent-unknown',
      {
        sv: 'Den enhet som den ska höra till finns inte i registret. Registrera den först.',
        en: 'The unit that it is to belong to is not in the register. Register that one first.',
      },
      '/partOf',
    );
  }
  if (standsAbove(parent.kind, kind)) return;
  throw contradictory(
    'unit.parent-not-above',
    {
      sv: `En ${UNIT_KIND_NAMES[kind].sv} kan inte höra till en ${UNIT_KIND_NAMES[parent.kind].sv}. Ordningen är nämnd, förvaltning, avdelning, enhet; ovanför en nämnd och en organisation utanför nämnderna finns inget.`,
      en: `A unit of kind ${UNIT_KIND_NAMES[kind].en} cannot belong to one of kind ${UNIT_KIND_NAMES[parent.kind].en}. The order is board, administration, department, unit; nothing is above a board or a body outside the boards.`,
    },
    '/partOf',
  );
};
