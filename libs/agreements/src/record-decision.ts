import { Id, Nested, Sha256 } from '#libs/fields';
import { contradictory, event, forbidden, never, type Decide } from '#libs/kernel';
import { DecisionRef, type DecisionRefData, type Outcome } from '#libs/meetings';
import type { Effect } from './agreement.codes.js';
import { PartyDecisionRecorded, type AgreementEvent } from './agreement.events.js';
import { mustApprove, type Agreement, type PartyDecision, type Registered, type Version } from './agreement.js';
import { assertExisted, assertRegistered, foundVersion, nameOf, partiesHeldBy } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import type { Decided } from './needs.js';
import { ContentOfVersion, versionFrom, type VersionNeeds } from './version-fields.js';

/**
 * What a party’s board decided on a version, by a point of its minutes. It may be recorded before the minutes are approved: it counts once
 * they are. Where the board approved with changes to the text, the version that results is registered with it.
 */
export class RecordDecision {
  @Id('The agreement.') agreement!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
  @Sha256('The version that the board had before it, where the point does not say it.', { optional: true }) version?: string;
  @Sha256('The version that results from the board’s changes, where it is registered.', { optional: true }) resultingVersion?: string;
  @Nested(() => ContentOfVersion, { optional: true }) resulting?: ContentOfVersion;
}

export type RecordNeeds = VersionNeeds & Following & { readonly decided: Decided | undefined };

const pointer = '/decision';

/** What an outcome does to the board’s approval. */
const effectOf = (outcome: Outcome): Effect => {
  switch (outcome) {
    case 'approved':
    case 'approved-with-changes':
      return 'approves';
    case 'rejected':
      return 'rejects';
    case 'referred-back':
    case 'tabled':
    case 'noted':
      return 'none';
    default:
      return never(outcome);
  }
};

export const recordDecision: Decide<RecordDecision, Agreement, AgreementEvent, RecordNeeds> = (command, state, { now, decided, ruleOn, ...needs }) => {
  assertRegistered(state);
  assertDecided(decided);
  assertAbout(state, decided);
  assertExisted(needs.organisation, decided);
  const before = versionBefore(state, command.version, decided);
  const changed = decided.outcome === 'approved-with-changes';
  assertResult(command, changed);
  const { version, proposed } = changed ? resultOf(state, command, decided, needs) : { version: before, proposed: undefined };
  const recorded = decisionFact(state, command.decision, decided, version, effectOf(decided.outcome), needs.organisation);
  return recorded ? withConsequences(state, [...(proposed ? [proposed] : []), recorded], { ruleOn, now }) : [];
};

/** Refuses a decision that is in no minutes; what is left may still have to be approved there. */
export function assertDecided(decided: Decided | undefined): asserts decided is Decided {
  if (decided) return;
  throw contradictory(
    'decision.unknown',
    {
      sv: 'Beslutet finns inte i något protokoll. Anteckna paragrafen på sammanträdet först och hänvisa sedan till punkten.',
      en: 'The decision is in no minutes. Record the paragraph of the meeting first, and then cite its point.',
    },
    pointer,
  );
}

/** Refuses a point that is about something else. */
export const assertAbout = ({ agreement }: Registered, { object, number }: Decided): void => {
  if (object === undefined || (object.kind === 'agreement' && object.id === agreement)) return;
  throw contradictory(
    'decision.other-object',
    {
      sv: `Punkten i ${number} gäller något annat än den här överenskommelsen. Ange den punkt där den avgjordes.`,
      en: `The point in ${number} is about something other than this agreement. Cite the point in which it was decided.`,
    },
    pointer,
  );
};

/** The version that the board had before it: the one that the point names, by its number, its hash or that of a linked file, or else the command. */
export const versionBefore = (state: Registered, said: string | undefined, { object, number }: Decided): Version => {
  const written = object?.version?.trim().toLowerCase();
  const named = written === undefined ? undefined : state.versions.find((one) => [one.version, String(one.number), ...one.files].includes(written));
  if (said === undefined && named) return named;
  if (said === undefined) {
    throw contradictory(
      'decision.version-missing',
      {
        sv: `Punkten i ${number} säger inte vilken registrerad version den gäller. Ange versionens hash.`,
        en: `The point in ${number} does not say which registered version it is about. State the hash of the version.`,
      },
      '/version',
    );
  }
  const version = foundVersion(state, said);
  if (written === undefined || named?.version === version.version) return version;
  throw contradictory(
    'decision.other-version',
    {
      sv: `Punkten i ${number} gäller ${named ? `version ${named.number}` : `versionen ${written}, som inte är registrerad`}, inte version ${version.number}. Olika versioner är inte likalydande: ange den som nämnden beslutade om, eller rätta paragrafen.`,
      en: `The point in ${number} is about ${named ? `version ${named.number}` : `version ${written}, which is not registered`}, not version ${version.number}. Different versions do not concur: state the one that the board decided on, or correct the paragraph.`,
    },
    '/version',
  );
};

const assertResult = ({ resulting, resultingVersion }: RecordDecision, changed: boolean): void => {
  const given = [resulting, resultingVersion].filter((one) => one !== undefined).length;
  if (given === (changed ? 1 : 0)) return;
  throw contradictory(
    'decision.resulting-version',
    changed
      ? {
          sv: 'Nämnden godkände med ändringar. Ange den version som blev resultatet: dess hash om den är registrerad, annars dess text.',
          en: 'The board approved with changes. State the version that resulted: its hash where it is registered, or else its text.',
        }
      : {
          sv: 'Bara ett godkännande med ändringar ger en ny version. Utelämna den, eller rätta utfallet i paragrafen.',
          en: 'Only an approval with changes results in another version. Leave it out, or correct the outcome in the paragraph.',
        },
    changed ? '/resulting' : undefined,
  );
};

const resultOf = (state: Registered, { resulting, resultingVersion, decision }: RecordDecision, { board, on }: Decided, needs: VersionNeeds) =>
  resulting
    ? versionFrom(state, resulting, { board, on, decision: { meeting: decision.meeting, point: decision.point }, at: '/resulting' }, needs)
    : { version: foundVersion(state, resultingVersion!, '/resultingVersion'), proposed: undefined };

type Approved = Pick<Version, 'version' | 'parties' | 'leaving' | 'number'>;

/**
 * The fact that a party decided, or nothing where it is recorded already.
 * @throws Refusal `decision.no-party` where the board stands for no party that day, `decision.recorded-already` where the point is recorded with another effect
 */
export const decisionFact = (
  state: Registered,
  { meeting, point }: DecisionRefData,
  { board, on, place, outcome, number, countsFrom, annulledOn }: Decided,
  version: Approved,
  effect: Effect,
  register: VersionNeeds['organisation'],
) => {
  const parties = partiesHeldBy(register, mustApprove(version), board, on);
  if (parties.length === 0) {
    throw contradictory(
      'decision.no-party',
      {
        sv: `${nameOf(register, board)} är inte part i version ${version.number}. Bara parternas beslut räknas: ange ett beslut av någon av dem.`,
        en: `${nameOf(register, board)} is not a party to version ${version.number}. Only the parties’ decisions count: cite a decision of one of them.`,
      },
      pointer,
    );
  }
  const known = state.decisions.find((one) => one.point === point);
  if (known) {
    if (known.version === version.version && known.effect === effect) return undefined;
    throw recordedAlready(known);
  }
  return event(PartyDecisionRecorded, {
    agreement: state.agreement,
    meeting,
    point,
    version: version.version,
    number,
    board,
    parties: [...parties],
    outcome,
    effect,
    on,
    place,
    ...(countsFrom !== undefined && { countsFrom }),
    ...(annulledOn !== undefined && { annulledOn }),
  });
};

const recordedAlready = ({ number, on }: PartyDecision) =>
  forbidden('decision.recorded-already', {
    sv: `Punkten i ${number} ${on} är redan antecknad här, med annan verkan. Ta tillbaka den anteckningen med skäl först, om den är fel.`,
    en: `The point in ${number} of ${on} is recorded here already, with another effect. Take that record back with a reason first, if it is wrong.`,
  });
