import { addDays, contradictory, dueDay, isAfter, isBefore, type Day } from '#libs/kernel';
import { paragraphCountsFrom, type Approval, type Opened, type Paragraph } from './meeting.js';

/**
 * The last day on which a decision can be appealed whose approved minutes were announced on the day: three weeks from then
 * (kommunallagen 13 kap. 5 §), moved on where no office works (lag 1930:173).
 */
export const lastDayOfAppeal = (announcedOn: Day): Day => dueDay({ start: announcedOn, length: 21, unit: 'calendar-days', roll: 'forward' }).dueOn;

/**
 * Refuses what cannot have happened in that order. Facts come in late and in any order, so that each is held against all others
 * as the minutes would stand with it: an approval before the meeting, an announcement before the approval, and so on.
 */
export const assertInOrder = (meeting: Opened, pointer: string): void => {
  const { on, papersSentOn, approvals, annulments, paragraphs, reported } = meeting;
  const late = papersSentOn.find((sent) => isAfter(sent, on));
  if (late !== undefined) {
    throw contradictory(
      'papers.after-meeting',
      {
        sv: `Sammanträdet hölls ${on}; handlingarna kan inte ha sänts ut efter det, ${late}. Rätta dagen.`,
        en: `The meeting was held on ${on}; its papers cannot have been sent after that, on ${late}. Correct the day.`,
      },
      pointer,
    );
  }
  for (const approval of approvals) assertAnnouncedInOrder(approval, on, pointer);
  for (const paragraph of paragraphs) assertSentInOrder(paragraph, paragraphCountsFrom(meeting, paragraph), pointer);
  const annulled = annulments.find((one) => isBefore(one.on, on));
  if (annulled) {
    throw contradictory(
      'annulment.before-decision',
      {
        sv: `Beslutet fattades ${on}; det kan inte ha upphävts före det, ${annulled.on}. Rätta dagen.`,
        en: `The decision was made on ${on}; it cannot have been annulled before that, on ${annulled.on}. Correct the day.`,
      },
      pointer,
    );
  }
  if (reported && isBefore(reported.on, on)) {
    throw contradictory(
      'urgent.reported-before-decided',
      {
        sv: `Beslutet fattades ${on}; det kan inte ha anmälts före det, ${reported.on}. Välj ett senare sammanträde, eller rätta dagen.`,
        en: `The decision was made on ${on}; it cannot have been reported before that, on ${reported.on}. Choose a later meeting, or correct the day.`,
      },
      pointer,
    );
  }
};

const assertAnnouncedInOrder = ({ on: approvedOn, announcedOn, endedOn }: Approval, on: Day, pointer: string): void => {
  if (isBefore(approvedOn, on)) {
    throw contradictory(
      'minutes.approved-before-meeting',
      {
        sv: `Sammanträdet hölls ${on}; protokollet kan inte ha justerats före det, ${approvedOn}. Rätta dagen.`,
        en: `The meeting was held on ${on}; its minutes cannot have been approved before that, on ${approvedOn}. Correct the day.`,
      },
      pointer,
    );
  }
  if (announcedOn !== undefined && isBefore(announcedOn, approvedOn)) {
    throw contradictory(
      'announcement.before-approval',
      {
        sv: `Protokollet justerades ${approvedOn}; justeringen kan inte ha anslagits före det, ${announcedOn}. Rätta dagen.`,
        en: `The minutes were approved on ${approvedOn}; that cannot have been announced before, on ${announcedOn}. Correct the day.`,
      },
      pointer,
    );
  }
  if (announcedOn === undefined || endedOn === undefined) return;
  const last = lastDayOfAppeal(announcedOn);
  if (isAfter(endedOn, last)) return;
  throw contradictory(
    'announcement.ended-too-early',
    {
      sv: `Besluten kan överklagas till och med ${last}, tre veckor från anslaget ${announcedOn}. Anslaget får tas ned tidigast ${addDays(last, 1)}.`,
      en: `The decisions can be appealed through ${last}, three weeks from the announcement on ${announcedOn}. It may be taken down on ${addDays(last, 1)} at the earliest.`,
    },
    pointer,
  );
};

/** A decision goes out once it counts: its minutes are approved, or the point was declared approved at once. */
const assertSentInOrder = ({ number, dispatches, served }: Paragraph, from: Day | undefined, pointer: string): void => {
  const isEarly = ({ on }: { readonly on: Day }) => from === undefined || isBefore(on, from);
  const counts =
    from === undefined
      ? {
          sv: `${number} är inte justerad än. Anteckna justeringen först, eller att punkten förklarades omedelbart justerad.`,
          en: `${number} is not approved yet. Record the approval first, or that the point was declared approved at once.`,
        }
      : {
          sv: `${number} räknas från ${from}, då den justerades. Rätta dagen, eller anteckna att punkten förklarades omedelbart justerad.`,
          en: `${number} counts from ${from}, when it was approved. Correct the day, or record that the point was declared approved at once.`,
        };
  const sent = dispatches.find(isEarly);
  if (sent) {
    throw contradictory(
      'dispatch.before-approval',
      { sv: `Beslutet kan inte ha expedierats ${sent.on}: ${counts.sv}`, en: `The decision cannot have been dispatched on ${sent.on}: ${counts.en}` },
      pointer,
    );
  }
  const told = served.find(isEarly);
  if (told) {
    throw contradictory(
      'serving.before-approval',
      { sv: `Beslutet kan inte ha delgivits ${told.on}: ${counts.sv}`, en: `The decision cannot have been served on ${told.on}: ${counts.en}` },
      pointer,
    );
  }
};
