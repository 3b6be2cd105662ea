import { Type } from 'typebox';
import type { Asking, Executor, Moments, Streams } from '#libs/commands';
import { Code, DayField } from '#libs/fields';
import { DayType, type Day } from '#libs/kernel';
import { organisationThen } from '#libs/organisation';
import { sql, type Views } from '#libs/views';
import { answerTo, askedOn } from './answer.js';
import { AnswerShown, answerShown } from './answer-shown.js';
import { CircumstanceShown, circumstanceShown } from './circumstances-shown.js';
import { circumstancesView } from './circumstances.view.js';
import { municipalityOf } from './city.js';
import { assertFields } from './asked-fields.js';
import { fieldsAsked, ResponsibilityFields } from './question.js';
import { RESPONSIBILITY_KINDS, type ResponsibilityKind } from './responsibility.codes.js';
import { MatchType } from './rule-fields.js';
import { matchingTexts, rulesAnswering } from './rules-found.query.js';

/** Who is responsible for what is run in this form, of this service, by these: one answer for each kind of responsibility. */
export class WhoIsResponsible extends ResponsibilityFields {
  @Code('Only this kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind', { optional: true }) kind?: ResponsibilityKind;
  @DayField('On this day; today where left out, or the day of asOf.', { optional: true }) on?: Day;
}

/** More than bear on any one thing. */
const MOST_CIRCUMSTANCES = 200;

/** The answers for a day, as they are recorded, or were recorded then. */
export const whoIsResponsible = async (
  query: WhoIsResponsible,
  { tenant, today, asOf }: Asking,
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const then = asOf === undefined || at === undefined ? undefined : { asOf, at };
  const city = municipalityOf(await organisationThen(tenant, then, executor, streams), tenant);
  const on = query.on ?? today;
  const values = fieldsAsked(query);
  assertFields(values, on, city);
  const asked = askedOn(values, on, city);
  const texts = matchingTexts(asked, on, city);
  const { found, circumstances } = await views.read(
    tenant,
    async (read) => {
      const { rows } = await read.list(circumstancesView, { where: sql`matching = any(${texts})`, order: sql`key`, limit: MOST_CIRCUMSTANCES });
      return { found: await rulesAnswering(read, asked, on, city), circumstances: rows };
    },
    { at },
  );
  const kinds = query.kind === undefined ? RESPONSIBILITY_KINDS : [query.kind];
  return {
    on,
    asked,
    answers: kinds.map((kind) => answerShown(answerTo(kind, asked, on, found.rules, found.disputes, city), city)),
    circumstances: circumstances.filter(({ kind }) => kind === null || kinds.includes(kind)).map(circumstanceShown),
  };
};

export const Responsible = Type.Object({
  on: DayType('The day that is asked for.'),
  asked: Type.Object(MatchType.properties, { description: 'What was asked, with whoever holds on the day what the named boards and units had.' }),
  answers: Type.Array(AnswerShown),
  circumstances: Type.Array(CircumstanceShown, { description: 'What bears on it, and is no rule: what sources say of it, also where they disagree.' }),
});

const [SOCIAL, EDUCATION] = ['2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b', '3e5a7b9d-2c4e-4f60-8b8c-9d0e1f2a3b4c'];

/** The answers for a school's own operation before the agreement, as the API description shows them. */
export const responsibleExample = {
  on: '2021-03-01',
  asked: { provisionForm: 'in-house-school', service: 'short-term-supervision', operatingBoard: EDUCATION },
  answers: [
    {
      kind: 'overall',
      kindName: { sv: 'Övergripande ansvar', en: 'Overall responsibility' },
      outcome: 'designated',
      board: { id: SOCIAL, name: 'Socialnämnden' },
      bases: [{ rule: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d', basis: 'Socialnämndens reglemente [000]', from: '2016-01-01' }],
      says: {
        sv: 'Övergripande ansvar: Socialnämnden (Socialnämndens reglemente [000]).',
        en: 'Overall responsibility: Socialnämnden (Socialnämndens reglemente [000]).',
      },
    },
    {
      kind: 'operational-follow-up',
      kindName: { sv: 'Verksamhetsuppföljning', en: 'Operational follow-up' },
      outcome: 'none-designated',
      says: { sv: 'Verksamhetsuppföljning: ingen utpekad.', en: 'Operational follow-up: none designated.' },
    },
  ],
  circumstances: [
    {
      circumstance: '0f9e8d7c-6b5a-4f3e-9d2c-1b0a9f8e7d6c',
      title: 'Socialnämndens beslut om samma modell och mallar som vid uppföljning enligt LOV',
      source: '[000], [002]',
      stated: [],
      says: [{ about: 'decided-on', text: 'April 2020 [000] / 2021 [002]' }],
    },
  ],
};
