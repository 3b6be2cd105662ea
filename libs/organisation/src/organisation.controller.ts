import { asks, does, routes } from '#libs/http';
import type { Text } from '#libs/kernel';
import { AssignRole } from './assign-role.js';
import { EndRole } from './end-role.js';
import { ListProviders, ProviderRow } from './providers.view.js';
import { RegisterPerson } from './register-person.js';
import { RegisterProvider } from './register-provider.js';
import { RegisterUnit } from './register-unit.js';
import { ListRoleHolders, RoleHolderRow } from './role-holders.view.js';
import { SucceedBoards } from './succeed-boards.js';
import { ListUnits, UnitRow } from './units.view.js';

const TAG = 'Organisation';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const DEPARTMENT = '7c2f9a10-4b6d-4e8f-9a1b-2c3d4e5f6a7b';
const PROVIDER = '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90';
const PERSON = '2b9e4d6c-8f1a-4c3e-b5d7-9a0f1e2d3c4b';

const name = (sv: string, en: string): Text => ({ sv, en });

/** The units of the municipality, and who holds which role in them, under `/units` and `/role-holders`. */
export const UnitsController = routes('units', TAG, [
  asks('', ListUnits, {
    summary: 'Units, boards first',
    answer: UnitRow,
    example: { unit: UNIT, name: 'Stöd- och serviceenheten, Östermalm', kind: 'unit', partOf: DEPARTMENT },
    columns: { unit: name('Id', 'Id'), name: name('Namn', 'Name'), kind: name('Slag', 'Kind'), partOf: name('Del av', 'Part of') },
  }),
  does('PUT', ':unit', RegisterUnit, {
    summary: 'Register a board, administration, department or unit, or a body outside the boards',
    description: 'The same unit again changes nothing.',
    example: { name: 'Stöd- och serviceenheten, Östermalm', kind: 'unit', partOf: DEPARTMENT },
  }),
]);

/** Which boards succeeded which, under `/successions`. */
export const SuccessionsController = routes('successions', TAG, [
  does('POST', '', SucceedBoards, {
    summary: 'Boards end, and others take over what they held',
    description: 'May be recorded late, and in any order; what contradicts another succession is refused. Who holds what follows from it by itself.',
    example: {
      from: ['4f1c2b3a-5d6e-4f70-8a9b-1c2d3e4f5a6b', '5a2d3c4b-6e7f-4081-9bac-2d3e4f5a6b7c'],
      to: ['6b3e4d5c-7f80-4192-8cbd-3e4f5a6b7c8d'],
      on: '2020-07-01',
      decision: 'Kommunfullmäktige 2019-12-16',
      units: [{ from: UNIT, to: '7c4f5e6d-8091-42a3-9dce-4f5a6b7c8d9e' }],
    },
  }),
]);

export const RoleHoldersController = routes('role-holders', TAG, [
  asks('', ListRoleHolders, {
    summary: 'Who holds which role in which unit, and when',
    answer: RoleHolderRow,
    example: {
      person: PERSON,
      name: 'Åsa Öberg',
      role: 'case-officer',
      unit: UNIT,
      unitName: 'Stöd- och serviceenheten, Östermalm',
      from: '2020-01-01',
      to: '2020-12-31',
      capacity: 'ordinary',
    },
    columns: {
      unitName: name('Enhet', 'Unit'),
      role: name('Roll', 'Role'),
      name: name('Namn', 'Name'),
      capacity: name('Hur', 'How'),
      insteadOfName: name('I stället för', 'In the stead of'),
      from: name('Från och med', 'From'),
      to: name('Till och med', 'Through'),
    },
  }),
  does('POST', '', AssignRole, {
    summary: 'Give a person a role in a unit',
    description: 'From a first day through a last one, or until further notice.',
    example: { person: PERSON, role: 'case-officer', unit: UNIT, from: '2020-01-01' },
  }),
  does('POST', 'endings', EndRole, {
    summary: 'End a role that a person holds',
    description: 'The last day is the last on which it is held.',
    example: { person: PERSON, role: 'case-officer', unit: UNIT, lastDay: '2020-12-31' },
  }),
]);

export const ProvidersController = routes('providers', TAG, [
  asks('', ListProviders, {
    summary: 'Providers, by name',
    answer: ProviderRow,
    example: { provider: PROVIDER, name: 'Eftermiddagen korttidstillsyn' },
    columns: { provider: name('Id', 'Id'), name: name('Namn', 'Name') },
  }),
  does('PUT', ':provider', RegisterProvider, {
    summary: 'Register a provider',
    description: 'So that orders can name it. The same provider again changes nothing.',
    example: { name: 'Eftermiddagen korttidstillsyn' },
  }),
]);

export const PeopleController = routes('people', TAG, [
  does('POST', '', RegisterPerson, {
    summary: 'Register a member of staff',
    description: 'Name and address are sealed under a key of the person’s own.',
    status: 201,
    location: () => 'role-holders',
    example: { name: 'Åsa Öberg', email: 'asa.oberg@example.se', language: 'sv' },
  }),
]);
