import type { Text } from '#libs/kernel';

/** What a person can be in a unit. A duty belongs to the role; who holds it on a day is another question. */
export const ROLES = ['case-officer', 'unit-manager', 'process-owner', 'registrar', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** What people call the roles. The role `system`, in which timers and the mailer act, is not among them: it is nobody's. */
export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  'case-officer': { sv: 'handläggare', en: 'case officer' },
  'unit-manager': { sv: 'enhetschef', en: 'unit manager' },
  'process-owner': { sv: 'processägare', en: 'process owner' },
  registrar: { sv: 'registrator', en: 'registrar' },
  auditor: { sv: 'revisor', en: 'auditor' },
  administrator: { sv: 'administratör', en: 'administrator' },
};
