import { explain, isAfter, longDate, type Day, type Step, type Text } from '#libs/kernel';
import type { Language } from '#libs/organisation';
import { DEADLINE_TYPES, type DeadlineType } from '#libs/timers';
import { inWhosePlace, roleName, type Addressed, type NamedDuty } from './addressed.js';
import { composed, SENT_BY, type Content } from './mail-text.js';
import type { Link } from './pages.js';

/** What a reminder tells: facts of the process, nothing of the service user. */
export interface ReminderFacts extends Addressed {
  /** What is awaited, as the deadline's type. */
  readonly type: string;
  /** Day 0. */
  readonly startOn: Day;
  readonly dueOn: Day;
  /** How the due day was reckoned; empty where somebody chose it. */
  readonly steps: readonly Step[];
  readonly issuedOn: Day;
  readonly escalation: boolean;
  /** Which reminder of its kind, from 0. */
  readonly occurrence: number;
  readonly link: Link;
  /** The role for which a new holder is awaited, where that is what is. */
  readonly unheld?: NamedDuty;
}

/** What is awaited, and what is to have become of it; a type without a name of its own is called by its code. */
const sentenceOf = (type: string): DeadlineType['sentence'] =>
  DEADLINE_TYPES.get(type)?.sentence ?? {
    what: { sv: `Det som fristen ${type} gäller`, en: `What the deadline ${type} is about` },
    done: { sv: 'gjorts', en: 'been done' },
  };

/** The sentences of the mail, each a paragraph. */
const paragraphs = (facts: ReminderFacts): readonly Text[] => {
  const { type, startOn, dueOn, steps, issuedOn, unitName, escalation, occurrence } = facts;
  const { what, done } = sentenceOf(type);
  const [due, start] = [longDate(dueOn), longDate(startOn)];
  const why = explain(steps);
  const role = roleName(facts.role);
  return [
    isAfter(issuedOn, dueOn)
      ? {
          sv: `${what.sv} skulle ha ${done.sv} senast ${due.sv}. Det är inte antecknat att så har skett.`,
          en: `${what.en} should have ${done.en} by ${due.en}. It is not recorded that this has happened.`,
        }
      : {
          sv: `${what.sv} ska ha ${done.sv} senast ${due.sv}. Det är inte antecknat att så har skett.`,
          en: `${what.en} must have ${done.en} by ${due.en}. It is not recorded that this has happened.`,
        },
    ...whichRole(facts),
    steps.length > 0
      ? { sv: `Därför den dagen: dag 0 är ${start.sv}; ${why.sv}.`, en: `Why that day: day 0 is ${start.en}; ${why.en}.` }
      : { sv: 'Därför den dagen: den är satt i ärendet, inte räknad efter en regel.', en: 'Why that day: it was set in the case, not reckoned by a rule.' },
    escalation
      ? {
          sv: `Påminnelsen går vidare till dig som ${role.sv}, ${unitName}, eftersom dagen har passerat.`,
          en: `The reminder goes on to you as ${role.en}, ${unitName}, since the day has passed.`,
        }
      : { sv: `Du får påminnelsen som ${role.sv}, ${unitName}.`, en: `You get the reminder as ${role.en}, ${unitName}.` },
    ...inWhosePlace(facts),
    ...(occurrence > 0 ? [{ sv: `Det är påminnelse nummer ${occurrence + 1} i raden.`, en: `It is reminder number ${occurrence + 1} in a row.` }] : []),
  ];
};

const whichRole = ({ unheld }: ReminderFacts): readonly Text[] => {
  if (!unheld) return [];
  const { sv, en } = roleName(unheld.role);
  return [{ sv: `Det gäller rollen ${sv}, ${unheld.unitName}.`, en: `It is about the role of ${en}, ${unheld.unitName}.` }];
};

const subject = ({ type, dueOn, issuedOn }: ReminderFacts): Text => {
  const known = DEADLINE_TYPES.get(type);
  const due = longDate(dueOn);
  if (!known) return { sv: `Påminnelse: frist ${due.sv}`, en: `Reminder: deadline ${due.en}` };
  return isAfter(issuedOn, dueOn)
    ? { sv: `${known.missed.sv}: sista dag var ${due.sv}`, en: `${known.missed.en}: was due on ${due.en}` }
    : { sv: `${known.name.sv}: senast ${due.sv}`, en: `${known.name.en}: by ${due.en}` };
};

const footer = (type: string): Text =>
  DEADLINE_TYPES.get(type)?.individual
    ? {
        sv: 'Skickat av Uppsikt. Mejlet innehåller inga uppgifter om den enskilde och kan inte besvaras.',
        en: 'Sent by Uppsikt. The mail holds nothing about the service user and cannot be answered.',
      }
    : SENT_BY;

/** What a reminder says to its readers: in their language, or in both where they differ, Swedish first. */
export const reminderMail = (facts: ReminderFacts, languages: readonly Language[]): Content =>
  composed({ subject: subject(facts), said: paragraphs(facts), links: [facts.link], footer: footer(facts.type) }, languages);
