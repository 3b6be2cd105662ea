import { heldBy } from '#libs/audits';
import { Id, ListOfIds } from '#libs/fields';
import { contradictory, event, type Decide, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { MAX_LINKED } from './agreement.codes.js';
import { AgreementLinked, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertRegistered } from './agreement.refusals.js';
import type { Named } from './needs.js';

/**
 * What led to an agreement: a board’s corrective actions, such as the structure that socialnämnden promised in its reply [002], or obligations
 * that it answers at once. Each board links what it holds itself.
 */
export class LinkAgreement {
  @Id('The agreement.') agreement!: string;
  @ListOfIds('Actions that led to it; left out where there are none.', { min: 1, max: MAX_LINKED, optional: true }) actions?: string[];
  @ListOfIds('Obligations that it answers; left out where there are none.', { min: 1, max: MAX_LINKED, optional: true }) obligations?: string[];
}

interface LinkNeeds {
  readonly organisation: Register;
  readonly named: Named;
}

export const linkAgreement: Decide<LinkAgreement, Agreement, AgreementEvent, LinkNeeds> = (
  { agreement, actions = [], obligations = [] },
  state,
  { by, today, organisation, named },
) => {
  assertRegistered(state);
  if (actions.length + obligations.length === 0) throw linksNothing();
  const own = organisation.boardOf(by.unit) ?? by.unit;
  for (const [place, id] of actions.entries()) {
    const found = named.actions.get(id);
    const holder = found && found.status !== 'none' && found.status !== 'withdrawn' ? organisation.holderOn(found.board, today) : undefined;
    if (holder !== own) throw notHeld('agreement.action-unknown', { sv: 'Åtgärden', en: 'action' }, `/actions/${place}`);
  }
  for (const [place, id] of obligations.entries()) {
    const found = named.obligations.get(id);
    const holder = found && found.status !== 'none' && found.status !== 'withdrawn' ? heldBy(found, today, organisation) : undefined;
    if (holder !== own) throw notHeld('agreement.obligation-unknown', { sv: 'Rekommendationen', en: 'obligation' }, `/obligations/${place}`);
  }
  const newActions = actions.filter((id) => !state.linked.actions.includes(id));
  const newObligations = obligations.filter((id) => !state.linked.obligations.includes(id));
  if (newActions.length + newObligations.length === 0) return [];
  return [
    event(AgreementLinked, {
      agreement,
      ...(newActions.length > 0 && { actions: newActions }),
      ...(newObligations.length > 0 && { obligations: newObligations }),
    }),
  ];
};

const linksNothing = () =>
  contradictory(
    'agreement.links-nothing',
    {
      sv: 'Ange minst en åtgärd eller rekommendation som ledde till överenskommelsen.',
      en: 'Name at least one action or obligation that led to the agreement.',
    },
    '/actions',
  );

/** It is not there, was taken back, or another board holds it. */
const notHeld = (code: string, { sv, en }: Text, pointer: string) =>
  contradictory(
    code,
    {
      sv: `${sv} finns inte hos din nämnd, eller är återtagen. Knyt överenskommelsen till det som din nämnd själv ansvarar för; den andra parten knyter sitt.`,
      en: `Your board has no such ${en}, or it was withdrawn. Link the agreement to what your own board answers for; the other party links what is its own.`,
    },
    pointer,
  );
