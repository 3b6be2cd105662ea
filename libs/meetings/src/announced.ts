import { contradictory, forbidden } from '#libs/kernel';
import type { Approval, OpenMeeting } from './meeting.js';

/**
 * Which approval of the minutes is meant: the one that is named, else the only one there is to choose.
 * @param open whether what is asked remains to be done for an approval
 */
export const approvalMeant = ({ approvals }: OpenMeeting, approval: number | undefined, open: (one: Approval) => boolean): Approval => {
  const meant = approval === undefined ? approvals.filter(open) : approvals.filter((one) => one.approval === approval);
  const [first, second] = meant.length === 0 && approval === undefined ? approvals.toReversed().slice(0, 1) : meant;
  if (first && !second) return first;
  if (approvals.length === 0) {
    throw forbidden('minutes.not-approved', {
      sv: 'Protokollet är inte justerat än. Anteckna justeringen först.',
      en: 'The minutes are not approved yet. Record the approval first.',
    });
  }
  if (!first) {
    throw contradictory(
      'approval.unknown',
      {
        sv: `Protokollet har ingen justering nummer ${approval}. Välj en av 1 till ${approvals.length}.`,
        en: `The minutes have no approval number ${approval}. Choose one of 1 to ${approvals.length}.`,
      },
      '/approval',
    );
  }
  throw contradictory(
    'approval.which',
    {
      sv: `Protokollet justerades i flera delar. Ange vilken justering det gäller: ${meant.map((one) => `${one.approval} (${one.on})`).join(', ')}.`,
      en: `The minutes were approved in several parts. State which approval it is: ${meant.map((one) => `${one.approval} (${one.on})`).join(', ')}.`,
    },
    '/approval',
  );
};
