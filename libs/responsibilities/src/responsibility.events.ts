import { Type, type Static } from 'typebox';
import { DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { AnswerType, ClauseRuleType, ClauseType, MAX_BASIS, MAX_CLAUSES, MatchType, termsFields } from './rule-fields.js';

const rule = IdType('The rule.');
const dispute = IdType('The dispute.');
const agreement = ClauseType.properties.agreement;
const version = ClauseType.properties.version;
const reason = Type.String({ minLength: 1, maxLength: 1000, description: 'Why.' });
const decision = Type.Optional(DecisionRefType);

export const MAX_CLAIMS = 20;

/** One claim of who is responsible: a rule's, or one that no rule holds, as its source states it. */
const ClaimType = Type.Object(
  {
    claim: IdType('The claim.'),
    rule: Type.Optional(IdType('The rule that claims it; left out where no rule does.')),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 1000, description: 'The claim in words.' })),
    answer: Type.Optional(AnswerType),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_BASIS, description: 'Where it stands; of a rule’s claim its basis says it.' })),
  },
  { additionalProperties: false },
);

/** What is disputed, and by whom what is claimed. */
const disputeFields = {
  dispute,
  kind: termsFields.kind,
  match: MatchType,
  from: DayType('First day for which it is disputed.'),
  to: Type.Optional(DayType('Last day; left out where none is set.')),
  claims: Type.Array(ClaimType, { minItems: 2, maxItems: MAX_CLAIMS }),
};

/** A dispute in event data. */
export const DisputeType = Type.Object(disputeFields, { additionalProperties: false });
export type DisputeData = Static<typeof DisputeType>;
const disputes = Type.Array(DisputeType, { description: 'What overlaps a standing rule, with each claim.' });

export const ResponsibilityRuleSet = eventType('ResponsibilityRuleSet', {
  name: { sv: 'Ansvarsregel fastställd', en: 'Responsibility rule set' },
  schema: 1,
  data: { rule, ...termsFields, narrows: Type.Optional(IdType('The more general rule in whose place it stands for some of what that held for.')), decision },
});

/** The rule as it holds instead, for all its days: what was recorded wrong is a new fact, and what was asked before stays answerable. */
export const ResponsibilityRuleChanged = eventType('ResponsibilityRuleChanged', {
  name: { sv: 'Ansvarsregel ändrad', en: 'Responsibility rule changed' },
  schema: 1,
  data: { rule, ...termsFields, reason },
});

export const ResponsibilityRuleEnded = eventType('ResponsibilityRuleEnded', {
  name: { sv: 'Ansvarsregel avslutad', en: 'Responsibility rule ended' },
  schema: 1,
  data: { rule, to: DayType('Its last day.'), reason },
});

export const ResponsibilityRuleWithdrawn = eventType('ResponsibilityRuleWithdrawn', {
  name: { sv: 'Ansvarsregel återtagen', en: 'Responsibility rule withdrawn' },
  schema: 1,
  data: { rule, reason },
});

export const ResponsibilityDisputed = eventType('ResponsibilityDisputed', {
  name: { sv: 'Ansvar antecknat som omtvistat', en: 'Responsibility recorded as disputed' },
  schema: 1,
  data: disputeFields,
});

export const ResponsibilitySettled = eventType('ResponsibilitySettled', {
  name: { sv: 'Tvist om ansvar avgjord', en: 'Disputed responsibility settled' },
  schema: 1,
  data: {
    dispute,
    from: DayType('First day for which it is settled.'),
    claim: Type.Optional(IdType('The claim that prevailed; left out where none did.')),
    grounds: Type.String({ minLength: 1, maxLength: 1000, description: 'Who settled it, and on what grounds.' }),
    decision,
  },
});

/** The clauses of a version of an agreement hold as rules from the day it is in force. What overlaps a standing rule is disputed. */
export const RulesOfAgreementSet = eventType('RulesOfAgreementSet', {
  name: { sv: 'Överenskommelsens ansvarsregler fastställda', en: 'Rules of agreement set' },
  schema: 1,
  data: {
    agreement,
    version,
    from: DayType('The first day on which the version is in force.'),
    to: Type.Optional(DayType('The last day; left out where none is set.')),
    rules: Type.Array(Type.Object({ rule, ...ClauseRuleType.properties }, { additionalProperties: false }), { minItems: 1, maxItems: MAX_CLAUSES }),
    disputes,
  },
});

/** The rules that an agreement made hold for other days: it ended, goes on after all, or came into force on another day. */
export const AgreementRuleDaysChanged = eventType('AgreementRuleDaysChanged', {
  name: { sv: 'Överenskommelsens ansvarsregler gäller andra dagar', en: 'Rules of agreement hold for other days' },
  schema: 1,
  data: {
    agreement,
    rules: Type.Array(
      Type.Object(
        {
          rule,
          from: Type.Optional(DayType('First day; left out where it never holds.')),
          to: Type.Optional(DayType('Last day; left out where none is set.')),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    disputes,
  },
});

/** What can happen to a municipality's rules of who is responsible for what. */
export type ResponsibilityEvent =
  | EventOf<typeof ResponsibilityRuleSet>
  | EventOf<typeof ResponsibilityRuleChanged>
  | EventOf<typeof ResponsibilityRuleEnded>
  | EventOf<typeof ResponsibilityRuleWithdrawn>
  | EventOf<typeof ResponsibilityDisputed>
  | EventOf<typeof ResponsibilitySettled>
  | EventOf<typeof RulesOfAgreementSet>
  | EventOf<typeof AgreementRuleDaysChanged>;

export const responsibilityEvents = [
  ResponsibilityRuleSet,
  ResponsibilityRuleChanged,
  ResponsibilityRuleEnded,
  ResponsibilityRuleWithdrawn,
  ResponsibilityDisputed,
  ResponsibilitySettled,
  RulesOfAgreementSet,
  AgreementRuleDaysChanged,
] as const;
