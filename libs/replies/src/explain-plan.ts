import { longDate, never, type Day, type Text } from '#libs/kernel';
import { isThere, type NoWay, type ReplyPlan, type StepOfPlan, type WayThere } from './reply-plan.js';

/** One day of a plan, and why that day. */
export interface ExplainedDay {
  readonly what: 'dispatch' | 'minutes' | 'meeting' | 'papers' | 'stop' | 'preparing-meeting' | 'preparing-papers' | 'preparing-stop' | 'step';
  /** Of a step. */
  readonly name?: string;
  readonly on?: Day;
  readonly why: Text;
}

const say = (sv: string, en: string): Text => ({ sv, en });

/** The days of a plan, the first first, each with its reason. */
export const explainPlan = (plan: WayThere): readonly ExplainedDay[] => [
  ...plan.steps.map((step): ExplainedDay => ({ what: 'step', name: step.name, ...(step.on !== undefined && { on: step.on }), why: whyStep(step) })),
  ...(plan.preparing ? daysOfPreparing(plan, plan.preparing) : []),
  { what: 'stop', on: plan.meeting.stopOn, why: say('nämndens stoppdag för sammanträdet', 'the board’s stop day for the meeting') },
  {
    what: 'papers',
    on: plan.meeting.papersOn,
    why: say('då går handlingarna ut enligt nämndens kalender', 'the papers go out that day by the board’s calendar'),
  },
  { what: 'meeting', on: plan.meeting.on, why: whyMeeting(plan) },
  { what: 'minutes', on: plan.minutesOn, why: whyMinutes(plan) },
  { what: 'dispatch', on: plan.dispatchOn, why: whyDispatch(plan) },
];

const daysOfPreparing = (plan: WayThere, { on, stopOn, papersOn }: NonNullable<WayThere['preparing']>): readonly ExplainedDay[] => {
  const stop = longDate(plan.meeting.stopOn);
  return [
    { what: 'preparing-stop', on: stopOn, why: say('den beredande nämndens stoppdag', 'the preparing board’s stop day') },
    {
      what: 'preparing-papers',
      on: papersOn,
      why: say('då går handlingarna till den beredande nämnden ut', 'the papers to the preparing board go out that day'),
    },
    {
      what: 'preparing-meeting',
      on,
      why: say(
        `den beredande nämndens sista sammanträde före den beslutande nämndens stoppdag ${stop.sv}`,
        `the preparing board’s last meeting before the deciding board’s stop day, ${stop.en}`,
      ),
    },
  ];
};

const whyMeeting = ({ lastOn, atOnce, minutesOn }: WayThere): Text => {
  const last = longDate(lastOn);
  if (atOnce) {
    return say(
      `det sista sammanträde som hinns med om svaret ska lämnas senast ${last.sv}; punkten måste förklaras omedelbart justerad`,
      `the last meeting that leaves time for a reply by ${last.en}; the point must be declared approved at once`,
    );
  }
  const minutes = longDate(minutesOn);
  return say(
    `det sista sammanträde vars protokoll hinner justeras (senast ${minutes.sv}) och expedieras före svarets sista dag ${last.sv}`,
    `the last meeting whose minutes can be approved (by ${minutes.en}) and dispatched before the reply’s last day, ${last.en}`,
  );
};

const whyMinutes = ({ atOnce, minutesOn, meeting }: WayThere): Text =>
  atOnce
    ? say('punkten justeras omedelbart, vid sammanträdet', 'the point is approved at once, at the meeting')
    : say(
        `protokollet justeras inom fjorton dagar från ${longDate(meeting.on).sv}, senast ${longDate(minutesOn).sv}`,
        `minutes are approved within fourteen days from ${longDate(meeting.on).en}, by ${longDate(minutesOn).en}`,
      );

const whyDispatch = ({ lastOn, dispatchOn }: WayThere): Text => {
  const last = longDate(lastOn);
  return lastOn === dispatchOn
    ? say('svarets sista dag; svaret är lämnat när det har expedierats', 'the last day for the reply, which is given when it is dispatched')
    : say(`den sista arbetsdagen före svarets sista dag, ${last.sv}`, `the last working day before the reply’s last day, ${last.en}`);
};

const whyStep = ({ on, before, beforeOn, workingDays, ownCalendar, short }: StepOfPlan): Text => {
  const target = targetOf(before, beforeOn);
  const late = short ? say('; dagen hade redan passerat när planen räknades', '; that day had already passed when the plan was counted') : say('', '');
  if (on === undefined) {
    return say(
      `kalendern har ingen dag som hinns med före ${target.sv}; boka en dag eller ta ärendet skriftligt`,
      `its calendar has no day in time before ${target.en}; arrange a day, or take the matter in writing`,
    );
  }
  const margin = workingDays === undefined && ownCalendar ? say('före ', 'before ') : marginOf(workingDays);
  const said = ownCalendar
    ? say(`den sista dagen i dess egen kalender ${margin.sv}${target.sv}`, `the last day of its own calendar ${margin.en}${target.en}`)
    : say(`${margin.sv}${target.sv}`, `${margin.en}${target.en}`);
  return say(said.sv + late.sv, said.en + late.en);
};

const marginOf = (workingDays: number | undefined): Text => {
  if (workingDays === undefined) return say('arbetsdagen före ', 'the working day before ');
  if (workingDays === 0) return say('senast samma dag som ', 'no later than ');
  return workingDays === 1
    ? say('en arbetsdag före ', 'one working day before ')
    : say(`${workingDays} arbetsdagar före `, `${workingDays} working days before `);
};

const targetOf = (before: StepOfPlan['before'], on: Day): Text => {
  const date = longDate(on);
  switch (before) {
    case 'step':
      return say(`nästa steg, ${date.sv}`, `the next step, ${date.en}`);
    case 'stop':
      return say(`stoppdagen, ${date.sv}`, `the stop day, ${date.en}`);
    case 'papers':
      return say(`utskicket av handlingar, ${date.sv}`, `the dispatch of papers, ${date.en}`);
    case 'meeting':
      return say(`sammanträdet, ${date.sv}`, `the meeting, ${date.en}`);
    default:
      return never(before);
  }
};

/** Why there is no plan, and what to do. */
export const explainNone = ({ none, lastOn, next }: NoWay): Text => {
  const why = whyNone(none, lastOn);
  const wayOut = say(
    'Begär anstånd, eller låt ordföranden besluta om nämnden har gett ett sådant uppdrag (brådskande ärende, kommunallagen 6 kap. 39 §).',
    'Ask for an extension, or have the chair decide where the board has given that mandate (urgent matter, KL 6:39).',
  );
  if (!next) {
    return say(
      `${why.sv} ${wayOut.sv} Se också till att nämndens sammanträden är inlagda.`,
      `${why.en} ${wayOut.en} See also that the board’s meetings are entered.`,
    );
  }
  const [at, to] = [longDate(next.meeting.on), longDate(next.extensionTo)];
  const possible = say(
    `Nästa möjliga sammanträde är ${at.sv}; då räcker ett anstånd till ${to.sv}.`,
    `The next possible meeting is on ${at.en}; an extension to ${to.en} would then suffice.`,
  );
  return say(`${why.sv} ${possible.sv} ${wayOut.sv}`, `${why.en} ${possible.en} ${wayOut.en}`);
};

const whyNone = (none: NoWay['none'], lastOn: Day): Text => {
  const last = longDate(lastOn);
  switch (none) {
    case 'no-meetings-known':
      return say('Inget kommande sammanträde i den beslutande nämnden är känt.', 'No coming meeting of the deciding board is known.');
    case 'last-day-passed':
      return say(`Svarets sista dag, ${last.sv}, har passerat.`, `The reply’s last day, ${last.en}, has passed.`);
    case 'no-meeting-before-last-day':
      return say(
        `Inget sammanträde som ärendet hinner till ligger före svarets sista dag, ${last.sv}.`,
        `No meeting that the matter can reach lies before the reply’s last day, ${last.en}.`,
      );
    case 'no-preparing-meeting':
      return say(
        `Den beredande nämnden sammanträder inte före stoppdagen för något av den beslutande nämndens sammanträden före ${last.sv}.`,
        `The preparing board does not meet before the stop day of any of the deciding board’s meetings before ${last.en}.`,
      );
    default:
      return never(none);
  }
};

/** The meeting of the plan has been, its minutes should be approved, and no decision of it is cited. */
export const explainPassed = (meetingOn: Day): Text => {
  const on = longDate(meetingOn);
  return say(
    `Sammanträdet ${on.sv} har varit, och inget beslut därifrån är angivet. Ange beslutet; bordlades ärendet eller återremitterades det, anteckna det i protokollet, så räknas planen om.`,
    `The meeting on ${on.en} has been, and no decision of it is cited. Cite the decision; if the matter was tabled or referred back, record that in the minutes, and the plan is counted again.`,
  );
};

/** A plan in one sentence, as lists and mails show it. */
export const summaryOf = (plan: ReplyPlan): Text => {
  if (!isThere(plan)) return explainNone(plan);
  const [on, at] = [longDate(plan.meeting.on), plan.atOnce ? say(', omedelbar justering', ', approved at once') : say('', '')];
  return say(
    `Beslut ${on.sv}${at.sv}; expediering senast ${longDate(plan.dispatchOn).sv}.`,
    `Decision on ${on.en}${at.en}; dispatch by ${longDate(plan.dispatchOn).en}.`,
  );
};
