import type { Text } from '#libs/kernel';

/** What a person can be in a unit. A duty belongs to the role; who holds it on a day is another question. */
export const ROLES = [
  'case-officer',
  'unit-manager',
  'department-head',
  'head-of-administration',
  'process-owner',
  'registrar',
  'board-secretary',
  'overseer',
  'auditor',
  'audit-officer',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** What people call the roles. The role `system`, in which timers and the mailer act, is not among them: it is nobody's. */
export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  'case-officer': { sv: 'handläggare', en: 'case officer' },
  'unit-manager': { sv: 'enhetschef', en: 'unit manager' },
  'department-head': { sv: 'avdelningschef', en: 'head of department' },
  'head-of-administration': { sv: 'förvaltningschef', en: 'head of administration' },
  'process-owner': { sv: 'processägare', en: 'process owner' },
  registrar: { sv: 'registrator', en: 'registrar' },
  'board-secretary': { sv: 'nämndsekreterare', en: 'board secretary' },
  overseer: { sv: 'uppsiktsansvarig', en: 'overseer of the boards' },
  auditor: { sv: 'revisor', en: 'auditor' },
  'audit-officer': { sv: 'yrkesrevisor', en: 'audit officer' },
  administrator: { sv: 'administratör', en: 'administrator' },
};

/** In which way a person holds a role: as their own, for as long as nobody has it (t.f.), or while another is away. */
export const CAPACITIES = ['ordinary', 'acting', 'substitute'] as const;
export type Capacity = (typeof CAPACITIES)[number];
