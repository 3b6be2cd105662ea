import { Code, DayField, Id, Sha256 } from '#libs/fields';
import { contradictory, derivedId, event, forbidden, longDate, type Day, type Decide, type Text } from '#libs/kernel';
import { ROLES, type Register, type Role } from '#libs/organisation';
import { RevisionApproved, type AgreementEvent } from './agreement.events.js';
import type { Agreement, Registered, Version } from './agreement.js';
import type { Question, Reserved } from './agreement.codes.js';
import { assertNotFuture, assertOwnBoard, assertRegistered, foundVersion, listed, nameOf } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { delegateFor, type DelegateNeeds } from './delegate.js';
import { standsBy, voicesIn } from './force.js';
import { assertParty } from './sign-agreement.js';
import { concernedBy } from './version.js';

/**
 * A party’s delegate approves a revision, where the board has delegated revising. What concerns goals, direction, scope or quality of the
 * operation only the boards decide on (kommunallagen 6 kap. 38 §).
 */
export class ApproveRevision {
  @Id('The agreement.') agreement!: string;
  @Id('The party for which it is approved.') party!: string;
  @Sha256('The version that revises the one its board approved.') version!: string;
  @DayField('The day of the decision.') on!: Day;
  @Code('In which role; that of whoever asks where left out.', ROLES, 'Role', { optional: true }) role?: Role;
  @Id('The unit in which that role is held.', { optional: true }) unit?: string;
  @Id('Who decided; whoever asks, or the one who has the role that day, where left out.', { optional: true }) person?: string;
}

export const approveRevision: Decide<ApproveRevision, Agreement, AgreementEvent, DelegateNeeds & Following> = (
  { agreement, party, version: hash, on, role, unit, person },
  state,
  { by, now, today, ruleOn, ...needs },
) => {
  assertRegistered(state);
  const { organisation } = needs;
  const version = foundVersion(state, hash);
  assertParty(organisation, version, party);
  assertOwnBoard(organisation, by, party, today);
  assertNotFuture(on, today);
  assertDelegable(state, version, party, on, organisation);
  const delegate = delegateFor('revise-agreements', agreement, { role, unit, person, on }, by, needs);
  const known = state.revisionApprovals.find((one) => one.party === party && one.version === hash);
  if (known?.on === on && known.person === delegate.person) return [];
  if (known) {
    throw forbidden('revision.approved-already', {
      sv: `Version ${version.number} godkändes på delegation för ${nameOf(organisation, party)} redan ${known.on}. Ta tillbaka den anteckningen med skäl om den är fel.`,
      en: `Version ${version.number} was approved under delegation for ${nameOf(organisation, party)} already on ${known.on}. Take that record back with a reason if it is wrong.`,
    });
  }
  const approval = derivedId(agreement, 'revision-approval', party, hash, state.actsEver);
  const approved = event(RevisionApproved, { agreement, approval, party, board: needs.delegations.board, version: hash, on, ...delegate });
  return withConsequences(state, [approved], { ruleOn, now });
};

const RESERVED_TEXTS: Readonly<Record<Reserved, Text>> = {
  parties: { sv: 'vilka som är parter', en: 'who is party' },
  'who-follows-up': { sv: 'vem som följer upp', en: 'who follows up' },
  operations: { sv: 'vilka verksamheter som avses', en: 'which operations it is about' },
  frequency: { sv: 'hur ofta det ska ske', en: 'how often it is to be done' },
  duration: { sv: 'hur länge den gäller', en: 'for how long it holds' },
};
const QUESTION_TEXTS: Readonly<Record<Question, Text>> = {
  goals: { sv: 'mål', en: 'goals' },
  direction: { sv: 'inriktning', en: 'direction' },
  scope: { sv: 'omfattning', en: 'scope' },
  quality: { sv: 'kvalitet', en: 'quality' },
};
const inWords = <C extends string>(codes: readonly C[], texts: Readonly<Record<C, Text>>): Text => ({
  sv: listed(
    codes.map((one) => texts[one].sv),
    'och',
  ),
  en: listed(
    codes.map((one) => texts[one].en),
    'and',
  ),
});

const BOARDS: Text = { sv: 'Varje parts nämnd beslutar.', en: 'Each party’s board decides.' };
const forTheBoards = (code: string, { sv, en }: Text) => forbidden(code, { sv: `${sv} ${BOARDS.sv}`, en: `${en} ${BOARDS.en}` });

/** Refuses what a delegate may not decide on. */
const assertDelegable = (state: Registered, version: Version, party: string, on: Day, register: Register): void => {
  const { number, revises, reserved, answers, contested } = version;
  if (revises === undefined || !standsBy(voicesIn(state), party, revises, on)) {
    throw forTheBoards('revision.of-nothing-approved', {
      sv: `Version ${number} reviderar ingen version som ${nameOf(register, party)} hade godkänt ${longDate(on).sv}.`,
      en: `Version ${number} revises no version that ${nameOf(register, party)} had approved on ${longDate(on).en}.`,
    });
  }
  if (reserved.length > 0) {
    const what = inWords(reserved, RESERVED_TEXTS);
    throw forTheBoards('revision.not-delegable', {
      sv: `Version ${number} ändrar ${what.sv}; det går inte att delegera (kommunallagen 6 kap. 38 §).`,
      en: `Version ${number} changes ${what.en}; that cannot be delegated (kommunallagen 6 kap. 38 §).`,
    });
  }
  if (answers === undefined) {
    throw contradictory('revision.unanswered', {
      sv: `Version ${number} föreslogs utan svar på om den rör verksamhetens mål, inriktning, omfattning eller kvalitet. Registrera revideringen med de fyra svaren, eller låt nämnderna besluta.`,
      en: `Version ${number} was proposed without answers to whether it concerns the goals, direction, scope or quality of the operation. Register the revision with the four answers, or let the boards decide.`,
    });
  }
  const concerned = concernedBy(answers);
  if (concerned.length > 0) {
    const what = inWords(concerned, QUESTION_TEXTS);
    throw forTheBoards('revision.concerns-operation', {
      sv: `Enligt förslaget rör version ${number} verksamhetens ${what.sv}.`,
      en: `By its proposal version ${number} concerns the ${what.en} of the operation.`,
    });
  }
  if (contested) {
    throw forTheBoards('revision.contested', {
      sv: `${nameOf(register, contested.party)} hänsköt version ${number} till nämnderna ${longDate(contested.on).sv}.`,
      en: `${nameOf(register, contested.party)} referred version ${number} to the boards on ${longDate(contested.on).en}.`,
    });
  }
};
