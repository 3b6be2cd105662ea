import { day, event, instant, type Instant } from '#libs/kernel';
import type { CitedDecision } from '#libs/meetings';
import { ById, registerOf, type Organisation, type Register } from '#libs/organisation';
import { given as givenFacts, type Circumstances } from '#libs/testing';
import { id, who } from './recorded.given.js';
import { StatusReportDecided, StatusReportDrafted, StatusReportReworded, type StatusReportEvent } from './status-report.events.js';
import { statusReport, statusReportId } from './status-report.js';

// A report of Östermalm for the interim report of 2021, as the specs tell of it.

export const ASOF = day('2021-08-31');
export const REPORT = statusReportId(id('Östermalm'), 'interim', ASOF);
export const CITED = { meeting: id('meeting'), point: id('point') };
export const SHOWN = { upTo: { entry: id('last entry'), at: '2021-09-20T08:00:00.000Z' as Instant }, sha256: 'a'.repeat(64), obligations: 7 };

const organisation: Organisation = {
  status: 'registered',
  name: 'Stockholms stad',
  units: new Map(
    ['Östermalm', 'Norrmalm', 'Norra innerstaden', 'Stadsrevisionen'].map((name) => [
      id(name),
      { name, kind: name === 'Stadsrevisionen' ? 'body' : 'district-board' },
    ]),
  ),
  successions: [
    {
      id: id('succession'),
      from: [id('Östermalm'), id('Norrmalm')],
      to: [id('Norra innerstaden')],
      on: day('2023-07-01'),
      decision: 'KF 2023',
      exceptions: [],
      units: [],
    },
  ],
  patterns: new Map(),
  providers: new Map(),
  roles: ById.none(),
  signIns: ById.none(),
};
export const register: Register = registerOf(organisation);

export const drafted = (text?: string) =>
  event(StatusReportDrafted, { report: REPORT, board: id('Östermalm'), kind: 'interim', asOf: ASOF, ...(text !== undefined && { text }) });
export const reworded = (text: string) => event(StatusReportReworded, { report: REPORT, text });
export const decidedOn = (on: string, decidedBy = 'Östermalm') =>
  event(StatusReportDecided, { report: REPORT, on: day(on), decision: CITED, decidedBy: id(decidedBy), ...SHOWN });

/** The board's decision as its minutes have it. */
export const decision = (on: string, said: Partial<CitedDecision> = {}): CitedDecision => ({
  ...CITED,
  board: id('Östermalm'),
  on: day(on),
  kind: 'meeting',
  paragraph: id('paragraph'),
  number: '§ 9',
  outcome: 'approved',
  counts: true,
  countsFrom: day(on),
  dispatchedTo: [],
  dispatches: [],
  ...said,
});

/** The process owner of a board, on a day. */
export const owner = (on: string, of = 'Östermalm'): Circumstances => ({ now: instant(`${on}T08:00:00Z`), by: who('process-owner', of), id: REPORT });

export const givenReport = (...facts: readonly StatusReportEvent[]) => givenFacts(statusReport, ...facts);
