import { asks, does, routes } from '#libs/http';
import type { Text } from '#libs/kernel';
import { AssignRole } from './assign-role.js';
import { EndRole } from './end-role.js';
import { LinkSignIn } from './link-sign-in.js';
import { ListUnits, UnitRow } from './list-units.query.js';
import { ListProviders, ProviderRow } from './providers.view.js';
import { RegisterPerson } from './register-person.js';
import { RegisterProvider } from './register-provider.js';
import { RegisterRegistryPattern } from './register-registry-pattern.js';
import { RegisterUnit } from './register-unit.js';
import { ListRegistryPatterns, RegistryPatternRow } from './registry-patterns.view.js';
import { ListRoleHolders, RoleHolderRow } from './role-holders.view.js';
import { ListSignIns, SignInRow } from './sign-ins.view.js';
import { SucceedBoards } from './succeed-boards.js';
import { ListSuccessions, SuccessionRow } from './successions.view.js';
import { ListUnheldDuties, UnheldDutyRow } from './unheld-duties.query.js';
import { UnlinkSignIn } from './unlink-sign-in.js';
import { WithdrawSuccession } from './withdraw-succession.js';

const TAG = 'Organisation';
const UNIT = '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a';
const DEPARTMENT = '7c2f9a10-4b6d-4e8f-9a1b-2c3d4e5f6a7b';
const PROVIDER = '8a1d6f0e-2c0b-4b8e-9b7a-5d2f4c3e1a90';
const ÄLVSJÖ = '4f1c2b3a-5d6e-4f70-8a9b-1c2d3e4f5a6b';
const HÄGERSTEN = '5a2d3c4b-6e7f-4081-9bac-2d3e4f5a6b7c';
const SUCCESSOR = '6b3e4d5c-7f80-4192-8cbd-3e4f5a6b7c8d';
const SIGN_IN = '9b2f6c1e8d7a4053b6c9e2f10a4d8e7c5b3f1a2d6e9c8b7f0a1d4e3c2b5f6a79';
const PERSON = '2b9e4d6c-8f1a-4c3e-b5d7-9a0f1e2d3c4b';

const name = (sv: string, en: string): Text => ({ sv, en });

/** The units of the municipality, and who holds which role in them, under `/units` and `/role-holders`. */
export const UnitsController = routes('units', TAG, [
  asks('', ListUnits, {
    summary: 'Units, boards first',
    description: 'With the days from and until which successions of boards let them be, and who took over.',
    answer: UnitRow,
    example: { unit: UNIT, name: 'Stöd- och serviceenheten, Östermalm', kind: 'unit', partOf: DEPARTMENT },
    columns: {
      unit: name('Id', 'Id'),
      name: name('Namn', 'Name'),
      kind: name('Slag', 'Kind'),
      partOf: name('Del av', 'Part of'),
      from: name('Från', 'From'),
      until: name('Upphörde', 'Ended'),
      successorName: name('Efterträdare', 'Successor'),
    },
  }),
  does('PUT', ':unit', RegisterUnit, {
    summary: 'Register a board, administration, department or unit, or a body outside the boards',
    description: 'The same unit again changes nothing.',
    example: { name: 'Stöd- och serviceenheten, Östermalm', kind: 'unit', partOf: DEPARTMENT },
  }),
]);

/** Which boards succeeded which, under `/successions`. */
export const SuccessionsController = routes('successions', TAG, [
  asks('', ListSuccessions, {
    summary: 'Which boards succeeded which, the earliest first',
    answer: SuccessionRow,
    example: {
      succession: '8d506f7e-91a2-4bc3-8def-506172839405',
      on: '2020-07-01',
      decision: 'Kommunfullmäktige 2019-12-16',
      from: [
        { id: ÄLVSJÖ, name: 'Älvsjö stadsdelsnämnd' },
        { id: HÄGERSTEN, name: 'Hägersten-Liljeholmens stadsdelsnämnd' },
      ],
      fromNames: 'Älvsjö stadsdelsnämnd, Hägersten-Liljeholmens stadsdelsnämnd',
      to: [{ id: SUCCESSOR, name: 'Hägersten-Älvsjö stadsdelsnämnd' }],
      toNames: 'Hägersten-Älvsjö stadsdelsnämnd',
      existing: [],
      exceptions: [],
      units: [],
    },
    columns: {
      on: name('Från', 'From'),
      fromNames: name('Upphörde', 'Ended'),
      toNames: name('Tog över', 'Took over'),
      decision: name('Beslut', 'Decision'),
    },
  }),
  does('POST', '', SucceedBoards, {
    summary: 'Boards end, and others take over what they held',
    description: 'May be recorded late, and in any order; what contradicts another succession is refused. Who holds what follows from it by itself.',
    example: {
      from: [ÄLVSJÖ, HÄGERSTEN],
      to: [SUCCESSOR],
      on: '2020-07-01',
      decision: 'Kommunfullmäktige 2019-12-16',
      units: [{ from: UNIT, to: '7c4f5e6d-8091-42a3-9dce-4f5a6b7c8d9e' }],
    },
  }),
  does('POST', ':succession/withdrawal', WithdrawSuccession, {
    summary: 'Take back a succession that was recorded wrong',
    description: 'Everything is then held as if it had never been. Record the right one afterwards.',
    example: { reason: 'Fel dag: beslutet gäller från den 1 juli.' },
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

/** Roles that nobody has, under `/unheld-duties`. */
export const UnheldDutiesController = routes('unheld-duties', TAG, [
  asks('', ListUnheldDuties, {
    summary: 'Roles that somebody has had and nobody has, and with whom their duties lie instead',
    description: 'A role in a unit that a succession has ended is a duty of its successor. Reminders go where it says.',
    answer: UnheldDutyRow,
    example: {
      role: 'case-officer',
      unit: UNIT,
      unitName: 'Stöd- och serviceenheten, Östermalm',
      lastHeldOn: '2020-12-31',
      goesToRole: 'unit-manager',
      goesToUnit: UNIT,
      goesToUnitName: 'Stöd- och serviceenheten, Östermalm',
    },
    columns: {
      unitName: name('Enhet', 'Unit'),
      role: name('Roll', 'Role'),
      lastHeldOn: name('Innehades senast', 'Last held'),
      goesToRole: name('Går till roll', 'Goes to role'),
      goesToUnitName: name('Går till enhet', 'Goes to unit'),
    },
  }),
]);

/** How boards write their registry numbers, under `/registry-patterns`. */
export const RegistryPatternsController = routes('registry-patterns', TAG, [
  asks('', ListRegistryPatterns, {
    summary: 'How boards write their registry numbers',
    answer: RegistryPatternRow,
    example: { board: ÄLVSJÖ, boardName: 'Älvsjö stadsdelsnämnd', pattern: '9.9.9-9+/9999' },
    columns: { boardName: name('Nämnd', 'Board'), pattern: name('Mönster', 'Pattern') },
  }),
  does('POST', '', RegisterRegistryPattern, {
    summary: 'Say how a board writes its registry numbers',
    description: 'A number that is written otherwise is taken in and marked as such. A board may have several forms; the same one again changes nothing.',
    example: { board: ÄLVSJÖ, pattern: '9.9.9-9+/9999' },
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
  asks(':person/sign-ins', ListSignIns, {
    summary: 'The sign-ins of a member of staff',
    answer: SignInRow,
    example: { signIn: SIGN_IN, linkedAt: '2026-11-22T08:00:00.000Z' },
    columns: { signIn: name('Inloggning', 'Sign-in'), linkedAt: name('Kopplad', 'Linked') },
  }),
  does('POST', ':person/sign-ins', LinkSignIn, {
    summary: 'Link a sign-in at the municipality’s OpenID provider to a member of staff',
    description:
      'By issuer and subject, or by the reference that somebody who signs in and is not known is shown. Neither is kept: the log names a sign-in by a keyed hash. It belongs to one person of one municipality; the same again changes nothing.',
    example: { issuer: 'https://login.example.se/realms/kommun', subject: '3f6c2b1a-7d8e-4f90-a1b2-c3d4e5f60718' },
  }),
  does('DELETE', ':person/sign-ins/:signIn', UnlinkSignIn, {
    summary: 'Unlink a sign-in from a member of staff',
    description: 'Whoever signs in so is nobody here from that moment, also with a token given out before.',
    example: {},
  }),
]);
