import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import type { StatementEvent } from '#libs/statements';
import { ADDRESSED, REFERRAL_KINDS, REPLY_STATES } from './audit.codes.js';

const audit = IdType('The audit.');
const board = IdType('The board, as it was called on the day.');
const boards = Type.Array(IdType('A board.'), { minItems: 1, uniqueItems: true });
const recommendation = IdType('The recommendation.');
const words = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description });
const numbers = Type.Array(words(60, 'As it is written: Nr 5 2020, 5/2020 or 2020:5.'), { maxItems: 10, uniqueItems: true });
const registryNumber = words(60, 'In the registry of whoever registered it.');
const wording = words(8000, 'Word for word.');

/** What of a report may be unknown, and is then shown so (case D: neither number nor days are known). */
const report = {
  registryNumber: Type.Optional(registryNumber),
  periodAudited: Type.Optional(words(100, 'What the report is about, as it says: 2019, or the year 2019/2020.')),
  reportOn: Type.Optional(DayType('The day of the report.')),
  handedOverOn: Type.Optional(DayType('The day the auditors decided to hand it over.')),
  expert: Type.Optional(IdType('Who audited for the elected auditors, where they engaged an expert.')),
};

export const AuditReportRegistered = eventType('AuditReportRegistered', {
  name: { sv: 'Revisionsrapport registrerad', en: 'Audit report registered' },
  schema: 1,
  data: { audit, numbers, title: words(300, 'Title of the report.'), issuedBy: IdType('The body whose auditors issued it.'), ...report },
});

export const AuditReportCompleted = eventType('AuditReportCompleted', {
  name: { sv: 'Revisionsrapport kompletterad', en: 'Audit report completed' },
  schema: 1,
  data: {
    audit,
    numbers: Type.Optional(numbers),
    title: Type.Optional(words(300, 'Title of the report.')),
    ...report,
    reason: words(1000, 'Where it is known from, or why what stood was wrong.'),
  },
});

export const DraftSentForFactCheck = eventType('DraftSentForFactCheck', {
  name: { sv: 'Utkast skickat för faktagranskning', en: 'Draft sent for fact check' },
  schema: 1,
  data: { audit, boards, on: DayType('The day it was sent.'), answerBy: Type.Optional(DayType('The day the answers were asked for.')) },
});

export const FactCheckAnswered = eventType('FactCheckAnswered', {
  name: { sv: 'Faktagranskning besvarad', en: 'Fact check answered' },
  schema: 1,
  data: { audit, board, on: DayType('The day of the answer.'), note: Type.Optional(words(2000, 'What the board pointed out.')) },
});

export const ReferralMade = eventType('ReferralMade', {
  name: { sv: 'Rapport överlämnad till nämnd', en: 'Report referred to a board' },
  schema: 1,
  data: {
    audit,
    board,
    kind: CodeType(REFERRAL_KINDS, 'What it was handed over for.'),
    lastReplyOn: Type.Optional(DayType('The last day for a reply; left out where none is asked for, or none is known.')),
    replyBasis: Type.Optional(words(500, 'What says so: the missive, a decision.')),
  },
});

export const ReferralCorrected = eventType('ReferralCorrected', {
  name: { sv: 'Överlämnande rättat', en: 'Referral corrected' },
  schema: 1,
  data: {
    audit,
    board,
    kind: CodeType(REFERRAL_KINDS, 'What it was handed over for.'),
    lastReplyOn: Type.Optional(DayType('The last day for a reply, as it should have been recorded.')),
    replyBasis: Type.Optional(words(500, 'What says so: the missive, a decision.')),
    reason: words(1000, 'Why what was recorded was wrong, or where the day is known from.'),
  },
});

export const ReferralReceived = eventType('ReferralReceived', {
  name: { sv: 'Rapport mottagen av nämnd', en: 'Report received by a board' },
  schema: 1,
  data: {
    audit,
    board,
    on: DayType('The day it came in at the board’s registry.'),
    registryNumber: Type.Optional(registryNumber),
    patternKnown: Type.Boolean({ description: 'Whether the number is written as the board’s registry writes its numbers; where not, it may be mistyped.' }),
  },
});

export const ReferralReplyNoted = eventType('ReferralReplyNoted', {
  name: { sv: 'Läget för nämndens svar noterat', en: 'State of the board’s reply noted' },
  schema: 1,
  data: {
    audit,
    board,
    reply: IdType('The reply.'),
    state: CodeType(REPLY_STATES, 'Where the reply stands.'),
    dueOn: Type.Optional(DayType('The last day that holds for it.')),
    givenOn: Type.Optional(DayType('The day it was given: dispatched.')),
  },
});

export const RecommendationMade = eventType('RecommendationMade', {
  name: { sv: 'Rekommendation lämnad', en: 'Recommendation made' },
  schema: 1,
  data: {
    audit,
    recommendation,
    number: words(20, 'Its number in the report, or the one it is known by here.'),
    wording,
    addressees: boards,
    addressed: CodeType(ADDRESSED, 'How the report names them.'),
    repeats: Type.Optional(IdType('The earlier recommendation that it repeats.')),
    repeatsAudit: Type.Optional(IdType('The audit that made the earlier one.')),
  },
});

export const WordingQuoted = eventType('WordingQuoted', {
  name: { sv: 'Annan lydelse antecknad', en: 'Another wording noted' },
  schema: 1,
  data: { audit, recommendation, wording, source: words(500, 'The document that words it so, and where.') },
});

export const AddresseesNamed = eventType('AddresseesNamed', {
  name: { sv: 'Rekommendationens mottagare angivna', en: 'Addressees of a recommendation named' },
  schema: 1,
  data: {
    audit,
    recommendation,
    boards,
    dropped: Type.Array(IdType('A board.'), { description: 'Boards that it had been interpreted to be addressed to, and is not.' }),
  },
});

export const RecommendationWithdrawn = eventType('RecommendationWithdrawn', {
  name: { sv: 'Rekommendation återtagen', en: 'Recommendation withdrawn' },
  schema: 1,
  data: {
    audit,
    recommendation,
    on: DayType('From which day it holds no more.'),
    decidedOn: DayType('The day the elected auditors decided so.'),
    reason: words(2000, 'Why.'),
    boards: Type.Array(IdType('A board.'), { description: 'Those it was addressed to.' }),
  },
});

/** Everything that can happen to an audit: its report, whom it was referred to, its recommendations, and what sources state of it. */
export type AuditEvent =
  | EventOf<typeof AuditReportRegistered>
  | EventOf<typeof AuditReportCompleted>
  | EventOf<typeof DraftSentForFactCheck>
  | EventOf<typeof FactCheckAnswered>
  | EventOf<typeof ReferralMade>
  | EventOf<typeof ReferralCorrected>
  | EventOf<typeof ReferralReceived>
  | EventOf<typeof ReferralReplyNoted>
  | EventOf<typeof RecommendationMade>
  | EventOf<typeof WordingQuoted>
  | EventOf<typeof AddresseesNamed>
  | EventOf<typeof RecommendationWithdrawn>
  | StatementEvent;
