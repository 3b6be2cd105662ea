import type { Given } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { noSuchAudit } from './audit.refusals.js';

/** Roles that speak for the auditors: they reach every board. */
const FOR_THE_AUDITORS: ReadonlySet<string> = new Set(['auditor', 'audit-officer']);

/**
 * What a board does itself, as to receive a report, is recorded by its own people, and by those of a board that holds its things today.
 * What is out of reach is answered as what does not exist.
 */
export const assertOwnBoard = (board: string, { by, today }: Pick<Given, 'by' | 'today'>, register: Register): void => {
  if (FOR_THE_AUDITORS.has(by.role)) return;
  if (register.holderOn(board, today) !== register.boardOf(by.unit)) throw noSuchAudit();
};
