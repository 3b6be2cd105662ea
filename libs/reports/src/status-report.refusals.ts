import { forbidden, notAllowed, unknown, type By, type Day, type Refusal } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { DecidedReport, DraftedReport, StatusReport } from './status-report.js';

/** There is no such report. */
export const noSuchReport = (): Refusal => unknown('status-report.unknown', { sv: 'Lägesrapporten finns inte.', en: 'There is no such status report.' });

/** Refuses a report that nobody has drafted. */
export function assertDrafted(report: StatusReport): asserts report is DraftedReport | DecidedReport {
  if (report.status === 'none') throw noSuchReport();
}

/** What the board has decided changes no more. */
export const isDecided = ({ frozen: { on } }: DecidedReport): Refusal =>
  forbidden('status-report.decided', {
    sv: `Nämnden beslutade om lägesrapporten ${on}; den ändras inte mer. Gör en ny för en senare dag.`,
    en: `The board decided on the status report on ${on}; it changes no more. Draft a new one for a later day.`,
  });

/** Refuses to report for a board that the asker's own neither is nor has taken over from. */
export const assertOwnBoard = (board: string, { unit }: By, today: Day, register: Register): void => {
  if (register.holderOn(board, today) === register.boardOf(unit)) return;
  throw notAllowed('board.not-yours', {
    sv: 'Det är inte din nämnd. En nämnds lägesrapport görs av dess egen processägare eller nämndsekreterare.',
    en: 'That is not your board. A board’s status report is made by its own process owner or secretary.',
  });
};
