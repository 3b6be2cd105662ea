import type { Need } from '#libs/commands';
import { heldBy, obligation, type Obligation } from '#libs/audits';
import { contradictory, type Day } from '#libs/kernel';
import type { Register } from '#libs/organisation';

/** The obligations that a command names, as they stand. */
export type Obligations = ReadonlyMap<string, Obligation>;

/** The most that one action answers. */
export const MAX_OBLIGATIONS = 40;

/** The obligations that a command names; the last event of each is the basis. */
export const obligations =
  <C>(pick: (command: C) => readonly string[] | undefined): Need<C, Obligations> =>
  async (reads, command) => {
    const found = await Promise.all((pick(command) ?? []).map(async (id) => ({ id, ...(await reads.fold(obligation, id)) })));
    return { value: new Map(found.map(({ id, state }) => [id, state])), basis: found.flatMap(({ lastId }) => lastId ?? []) };
  };

/** Refuses obligations that are not there, that another board holds today, or that the auditors have withdrawn. */
export const assertAnswerable = (named: readonly string[], found: Obligations, board: string, today: Day, organisation: Register, pointer: string): void => {
  for (const [place, id] of named.entries()) {
    const state = found.get(id);
    if (state === undefined || state.status === 'none' || heldBy(state, today, organisation) !== board) {
      throw contradictory(
        'action.obligation-unknown',
        {
          sv: 'Rekommendationen finns inte hos nämnden. En åtgärd kan bara svara på rekommendationer som den egna nämnden ansvarar för.',
          en: 'The board has no such obligation. An action answers only those that its own board answers for.',
        },
        `${pointer}/${place}`,
      );
    }
    if (state.status === 'withdrawn') {
      throw contradictory(
        'action.obligation-withdrawn',
        {
          sv: `Revisorerna återtog rekommendationen ${state.withdrawnOn}. Lämna den utanför åtgärden.`,
          en: `The auditors withdrew the recommendation on ${state.withdrawnOn}. Leave it out of the action.`,
        },
        `${pointer}/${place}`,
      );
    }
  }
};
