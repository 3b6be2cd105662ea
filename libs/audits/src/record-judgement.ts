import { Code, DayField, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, derivedId, event, isAfter, isBefore, type Day, type Decide } from '#libs/kernel';
import { withWhatFollows } from './judgement-follows.js';
import type { RuleOn } from './last-day.js';
import { JUDGEMENT_SOURCES, JUDGEMENTS, type JudgementOutcome, type JudgementSourceKind } from './obligation.codes.js';
import { LastDaySet, ObligationJudged, type ObligationEvent } from './obligation.events.js';
import { standingJudgement, type Arisen, type Judgement, type Obligation } from './obligation.js';
import { assertNotFuture, assertStands } from './obligation.refusals.js';

/** The report that a judgement stands in. */
export class JudgementSource {
  @Code('What kind of report.', JUDGEMENT_SOURCES, 'JudgementSourceKind') kind!: JudgementSourceKind;
  @FreeText('Which one, and where in it.', { max: 300 }) reference!: string;
}

/** What a judgement says. */
export class JudgementFields {
  @Id('The obligation.') obligation!: string;
  @Code('What the elected auditors found.', JUDGEMENTS, 'JudgementOutcome') outcome!: JudgementOutcome;
  @DayField('The day the elected auditors decided so.') decidedOn!: Day;
  @FreeText('Where their decision stands: number, paragraph. Required where their office records it.', { max: 300, optional: true }) decisionReference?: string;
  @Nested(() => JudgementSource) source!: JudgementSource;
  @FreeText('What they base it on.', { max: 4000 }) grounds!: string;
}

/**
 * The elected auditors judge whether a board has done what they recommended (KL 12 kap.). Their office may record what they decided, citing it;
 * an expert firm never judges, nor does the board. In part leaves it open; not met opens it again and asks the board for a new last day, unless the auditors set one.
 */
export class RecordJudgement extends JudgementFields {
  @DayField('The new last day that the auditors set, where they find it not met or met in part.', { optional: true }) lastOn?: Day;
}

/** The role of the elected auditors’ office, which records and does not judge. */
const OFFICE = 'audit-officer';

export const recordJudgement: Decide<RecordJudgement, Obligation, ObligationEvent, { readonly lastDayRules: RuleOn }> = (
  { lastOn, ...said },
  obligation,
  { now, today, by, lastDayRules },
) => {
  assertStands(obligation);
  assertAuditorsDecided(said, by.role, obligation, today);
  assertLastDay(said, lastOn);
  const stands = standingJudgement(obligation.judgements);
  if (stands && saysTheSame(stands, said) && (lastOn === undefined || lastOn === obligation.lastDay?.on)) return [];
  const judgement = derivedId(obligation.obligation, 'judgement', obligation.judgements.length);
  const facts: ObligationEvent[] = [event(ObligationJudged, { obligation: obligation.obligation, judgement, ...judgedAs(said) })];
  if (lastOn === undefined) return withWhatFollows(obligation, facts, now);
  facts.push(event(LastDaySet, { obligation: obligation.obligation, on: lastOn, by: 'auditors' }));
  return withWhatFollows(obligation, facts, now, { startOn: said.decidedOn, ruleOn: lastDayRules });
};

type Said = Omit<JudgementFields, 'obligation'>;

/** A judgement as its event holds it. */
export const judgedAs = ({ outcome, decidedOn, decisionReference, source: { kind, reference }, grounds }: Said): Omit<Judgement, 'judgement'> => ({
  outcome,
  decidedOn,
  ...(decisionReference !== undefined && { decisionReference }),
  source: { kind, reference },
  grounds,
});

/** Whether a judgement would change nothing of what is recorded. */
export const saysTheSame = (known: Judgement, said: Said): boolean =>
  known.outcome === said.outcome &&
  known.decidedOn === said.decidedOn &&
  known.decisionReference === said.decisionReference &&
  known.source.kind === said.source.kind &&
  known.source.reference === said.source.reference &&
  known.grounds === said.grounds;

/** Refuses what the elected auditors’ office records without citing their decision, and days on which they cannot have decided. */
export const assertAuditorsDecided = (
  { decidedOn, decisionReference }: Said,
  role: string,
  { handedOverOn, receivedOn }: Pick<Arisen, 'handedOverOn' | 'receivedOn'>,
  today: Day,
): void => {
  if (role === OFFICE && decisionReference === undefined)
    throw contradictory(
      'judgement.decision-not-cited',
      {
        sv: 'Bara de förtroendevalda revisorerna bedömer. Ange var deras beslut finns, så kan kontoret registrera det.',
        en: 'Only the elected auditors judge. State where their decision stands, and their office can record it.',
      },
      '/decisionReference',
    );
  assertNotFuture(decidedOn, today, '/decidedOn');
  const since = handedOverOn ?? receivedOn;
  if (since !== undefined && isBefore(decidedOn, since))
    throw contradictory(
      'judgement.before-report',
      {
        sv: `Rapporten överlämnades ${since}; den kan inte ha följts upp redan ${decidedOn}. Rätta dagen.`,
        en: `The report was handed over on ${since}; it cannot have been followed up on ${decidedOn} already. Correct the day.`,
      },
      '/decidedOn',
    );
};

const assertLastDay = ({ outcome, decidedOn }: Said, lastOn: Day | undefined): void => {
  if (lastOn === undefined) return;
  if (outcome === 'met' || outcome === 'no-longer-relevant')
    throw contradictory(
      'judgement.last-day-needless',
      {
        sv: 'En rekommendation som är uppfylld eller inte längre aktuell får ingen ny sista dag. Ta bort dagen eller ändra bedömningen.',
        en: 'A recommendation that is met or no longer relevant gets no new last day. Take the day away or change the judgement.',
      },
      '/lastOn',
    );
  if (!isAfter(lastOn, decidedOn))
    throw contradictory(
      'last-day.too-early',
      {
        sv: `Den nya sista dagen måste ligga efter ${decidedOn}, då den bestämdes.`,
        en: `The new last day must lie after ${decidedOn}, when it was decided.`,
      },
      '/lastOn',
    );
};
