import type { Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { Registered, Version } from './agreement.js';
import { mustApprove, versionOf } from './agreement.js';
import { awaitedOn } from './awaited-on-page.js';
import { concurs, inForceOn, latestApproved, periodOn, signedOn, terminationOf, voicesIn } from './force.js';
import { whyNotInForce } from './why-not.js';

/** Everything that the page of an agreement shows, as it stood, for a day. */
export const agreementPage = (state: Registered, register: Register, day: Day, today: Day) => {
  const named = (id: string) => ({ id, name: register.unit(id)?.name ?? id });
  const numberOf = (version: string | undefined) => versionOf(state, version)?.number;
  const voices = voicesIn(state);
  const current = inForceOn(state, day);
  const period = periodOn(state.periods, day);
  const termination = terminationOf(state);
  return {
    agreement: state.agreement,
    title: state.title,
    proposedBy: named(state.proposedBy),
    on: day,
    inForce: current !== undefined,
    ...(current && { version: { version: current.version, number: current.number } }),
    ...(period && { inForceOn: period.on, ...(period.lastDay !== undefined && { lastDay: period.lastDay, because: period.because }) }),
    periods: state.periods,
    parties: state.numbers.map(({ board, ...rest }) => {
      const approved = latestApproved(voices, board, day);
      const holder = register.holderOn(board, day);
      return {
        board: named(board),
        holder: named(holder),
        ...rest,
        ...(approved !== undefined && { approves: { version: approved, number: numberOf(approved) } }),
      };
    }),
    linked: state.linked,
    versions: state.versions.map((version) => versionOnPage(state, version, register, day)),
    decisions: state.decisions
      .toSorted((a, b) => (a.on === b.on ? a.place - b.place : a.on < b.on ? -1 : 1))
      .map(({ board, parties, version, ...rest }) => ({
        ...rest,
        version,
        versionNumber: numberOf(version),
        board: named(board),
        parties: parties.map(named),
      })),
    signatures: state.signatures.map(({ party, board, unit, ...rest }) => ({
      ...rest,
      versionNumber: numberOf(rest.version),
      party: named(party),
      board: named(board),
      unit: named(unit),
    })),
    revisionApprovals: state.revisionApprovals.map(({ party, board, unit, ...rest }) => ({
      ...rest,
      versionNumber: numberOf(rest.version),
      party: named(party),
      board: named(board),
      unit: named(unit),
    })),
    reports: state.reports.map(({ board, ...rest }) => ({ ...rest, board: named(board) })),
    consultations: state.consultations.map(({ board, ...rest }) => ({ ...rest, board: named(board) })).toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    reviews: state.reviews.toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    ...(termination && { termination: { ...termination, party: named(termination.party), board: named(termination.board) } }),
    terminations: state.terminations.length,
    afterwards: state.afterwards,
    awaited: Object.values(state.deadlines).map((one) => awaitedOn(one, today)),
  };
};

const versionOnPage = (state: Registered, version: Version, register: Register, day: Day) => {
  const named = (id: string) => ({ id, name: register.unit(id)?.name ?? id });
  const { parties, leaving = [], board, contested, ...rest } = version;
  return {
    ...rest,
    parties: parties.map(named),
    leaving: leaving.map(named),
    board: named(board),
    ...(contested && { contested: { ...contested, party: named(contested.party) } }),
    concurring: concurs(voicesIn(state), version, day),
    signed: mustApprove(version).flatMap((party) => {
      const on = signedOn(state, party, version.version);
      return on === undefined ? [] : [{ party: named(party), on }];
    }),
    missing: whyNotInForce(state, version, day, register),
  };
};
