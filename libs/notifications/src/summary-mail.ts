import { longDate, type Day, type Text } from '#libs/kernel';
import type { Language } from '#libs/organisation';
import { DEADLINE_TYPES } from '#libs/timers';
import { inWhosePlace, roleName, type Addressed } from './addressed.js';
import { composed, SENT_BY, type Content } from './mail-text.js';
import type { Link } from './pages.js';

/** One thing that was late already when it was recorded, and is awaited still. */
export interface LateThing {
  readonly type: string;
  readonly dueOn: Day;
  readonly link: Link;
}

/** What a summary tells: facts of the process, nobody's name. */
export interface SummaryFacts extends Addressed {
  /** Those whose day passed first, first. */
  readonly things: readonly LateThing[];
  /** To everything that is awaited. */
  readonly all: Link;
}

/** More than anyone reads in a mail. */
export const MAX_LISTED = 50;

/** What a summary says to its readers. */
export const summaryMail = (facts: SummaryFacts, languages: readonly Language[]): Content => {
  const { unitName, things, all } = facts;
  const many: Text = things.length === 1 ? { sv: 'en sak', en: 'one thing' } : { sv: `${things.length} saker`, en: `${things.length} things` };
  const role = roleName(facts.role);
  const rest = things.length - MAX_LISTED;
  return composed(
    {
      subject: { sv: `Redan försenat när det registrerades: ${many.sv}`, en: `Late already when it was recorded: ${many.en}` },
      said: [
        {
          sv: `Det här registrerades i efterhand, och sista dagen hade då redan passerat: ${many.sv}. För tiden som gått skickas inga påminnelser.`,
          en: `This was recorded afterwards, when its last day had passed already: ${many.en}. No reminders are sent for the time that has gone.`,
        },
        { sv: `Du får sammanställningen som ${role.sv}, ${unitName}.`, en: `You get the summary as ${role.en}, ${unitName}.` },
        ...inWhosePlace(facts),
        ...(rest > 0
          ? [
              {
                sv: `De ${MAX_LISTED} äldsta står här nedan; ${rest} till finns i Uppsikt.`,
                en: `The ${MAX_LISTED} oldest follow; ${rest} more are in Uppsikt.`,
              },
            ]
          : []),
      ],
      links: [...things.slice(0, MAX_LISTED).map(listed), all],
      footer: SENT_BY,
    },
    languages,
  );
};

const listed = ({ type, dueOn, link: { url } }: LateThing): Link => {
  const { missed } = DEADLINE_TYPES.get(type) ?? { missed: { sv: `Frist ${type}`, en: `Deadline ${type}` } };
  const due = longDate(dueOn);
  return { url, open: { sv: `${missed.sv}, sista dag ${due.sv}`, en: `${missed.en}, due on ${due.en}` } };
};
