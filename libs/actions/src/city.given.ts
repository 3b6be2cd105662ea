import { obligation, ObligationArisen } from '#libs/audits';
import { handles, system as theSystem, SYSTEM_ROLE } from '#libs/commands';
import { document, documentId, DocumentStored } from '#libs/documents';
import { derivedId, event, type By } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import { OrganisationModule, personStream, RegisterMunicipality, RegisterUnit, type UnitKind } from '#libs/organisation';
import { smallCityOf } from '#libs/small-city';
import { deadlineRules, defaultRules, SetDeadlineRule, TimersModule } from '#libs/timers';
import { paper } from './action.given.js';
import { actionObligationsView } from './action-obligations.view.js';
import { actionRules } from './action-rules.js';
import { action } from './action.js';
import { ActionsModule } from './actions.module.js';
import { actionsView } from './actions.view.js';

// Two municipalities where actions are proposed and asked about.

export const id = (name: string): string => derivedId('city', name);

/** Whoever holds a role in a unit. */
export const who = (role: string, unit: string): By => ({ actor: id(`${role} of ${unit}`), role, unit: id(unit) });

/** A recommendation has been made to the board. */
export class Arise {
  obligation!: string;
  board!: string;
}
/** A document has been uploaded. */
class Store {
  sha256!: string;
}
const others = [
  handles(Arise, {
    of: obligation,
    id: (command) => command.obligation,
    may: [theSystem],
    decide: ({ obligation: one, board }) => [
      event(ObligationArisen, { obligation: one, audit: id('Nr 5 2020'), recommendation: id('R3'), board, number: 'R3', addressed: 'group' }),
    ],
  }),
  handles(Store, {
    of: document,
    id: ({ sha256 }, { tenant }) => documentId(tenant, sha256),
    may: [theSystem],
    decide: ({ sha256 }) => [event(DocumentStored, { sha256, size: 1, mediaType: 'application/pdf', name: 'underlag.pdf' })],
  }),
];

/** Boards with a unit each; Norra innerstaden is there to succeed two of them. */
const UNITS: readonly (readonly [tenant: string, name: string, kind: UnitKind, partOf?: string])[] = [
  ['stockholm', 'Östermalm', 'district-board'],
  ['stockholm', 'Stöd och service', 'unit', 'Östermalm'],
  ['stockholm', 'Norrmalm', 'district-board'],
  ['stockholm', 'Norrmalms enhet', 'unit', 'Norrmalm'],
  ['stockholm', 'Norra innerstaden', 'district-board'],
  ['stockholm', 'Nya enheten', 'unit', 'Norra innerstaden'],
  ['stockholm', 'Kommunstyrelsen', 'executive-board'],
  ['tyreso', 'Socialnämnden', 'board'],
];

export const smallCity = async () => {
  const city = await smallCityOf({
    begins: '2020-01-01T08:00:00.000Z',
    streams: [personStream, deadlineRules, obligation, document, meeting, action, actionRules],
    views: [actionsView, actionObligationsView],
    modules: [OrganisationModule, TimersModule, ActionsModule],
    others,
  });
  const system = who(SYSTEM_ROLE, 'Östermalm');
  for (const [tenant, name] of [
    ['stockholm', 'Stockholms stad'],
    ['tyreso', 'Tyresö kommun'],
  ] as const) {
    await city.send(new RegisterMunicipality(), { name }, system, tenant);
    for (const [of, unit, kind, partOf] of UNITS)
      if (of === tenant)
        await city.send(new RegisterUnit(), { unit: id(unit), name: unit, kind, ...(partOf !== undefined && { partOf: id(partOf) }) }, system, tenant);
    for (const { type, validFrom, length, roll, time } of defaultRules)
      await city.send(new SetDeadlineRule(), { type, validFrom, length, roll, time, ladder: [] }, system, tenant);
    await city.send(new Store(), { sha256: paper('report') }, system, tenant);
  }
  return { ...city, system };
};
export type SmallCity = Awaited<ReturnType<typeof smallCity>>;
