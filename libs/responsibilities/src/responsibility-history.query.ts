import { Type, type Static } from 'typebox';
import type { Asking, Streams } from '#libs/commands';
import { Code, Int } from '#libs/fields';
import { CodeType, IdType, InstantType, type Day, type EventRegistry, type Instant, type Text } from '#libs/kernel';
import { organisationId, organisationStream } from '#libs/organisation';
import { municipalityOf, type Municipality } from './city.js';
import { claimText, designatedText, placeOf } from './in-words.js';
import { meet, valuesOn, type Values } from './match.js';
import { fieldsAsked, ResponsibilityFields } from './question.js';
import { PROVISION_FORM_NAMES, RESPONSIBILITY_KINDS, serviceName, type ResponsibilityKind } from './responsibility.codes.js';
import type { ResponsibilityEvent } from './responsibility.events.js';
import {
  disputeOf,
  responsibilityRules,
  responsibilityRulesId,
  ruleOf,
  type Dispute,
  type ResponsibilityRule,
  type ResponsibilityRules,
} from './responsibility-rules.js';
import { concernedBy } from './responsibility-rules.view.js';

/** Every change to who is responsible for what the fields match, newest first: what a field leaves out may be anything. */
export class ResponsibilityHistory extends ResponsibilityFields {
  @Code('Only this kind of responsibility.', RESPONSIBILITY_KINDS, 'ResponsibilityKind', { optional: true }) kind?: ResponsibilityKind;
  @Int('How many at most.', { min: 1, max: 200, default: 50 }) limit = 50;
  @Int('How many to pass over.', { min: 0, max: 1_000_000, default: 0 }) offset = 0;
}

/** One change. */
export const ResponsibilityChange = Type.Object({
  recordedAt: InstantType('When it was recorded.'),
  what: Type.String({ description: 'What people call what happened, in Swedish.' }),
  rule: Type.Optional(IdType('The rule, or what is disputed; left out of a succession of boards.')),
  kind: Type.Optional(CodeType(RESPONSIBILITY_KINDS, 'The kind of responsibility.')),
  before: Type.Optional(Type.String({ description: 'As it was recorded before; left out where nothing was.' })),
  after: Type.String({ description: 'As it was recorded from then on.' }),
  reason: Type.Optional(Type.String()),
  role: Type.String({ description: 'In which role it was recorded.' }),
  unit: IdType('In which unit.'),
  unitName: Type.String(),
  event: IdType('The event.'),
});
export type ResponsibilityChange = Static<typeof ResponsibilityChange>;

const name = (sv: string, en: string): Text => ({ sv, en });
export const responsibilityChangeColumns = {
  recordedAt: name('Registrerat', 'Recorded'),
  what: name('Händelse', 'Event'),
  kind: name('Slag', 'Kind'),
  before: name('Före', 'Before'),
  after: name('Efter', 'After'),
  reason: name('Skäl', 'Reason'),
  role: name('Roll', 'Role'),
  unitName: name('Enhet', 'Unit'),
  rule: name('Id', 'Id'),
};

export const responsibilityChangeExample: ResponsibilityChange = {
  recordedAt: '2022-10-03T08:12:00.000Z' as Instant,
  what: 'Överenskommelsens ansvarsregler fastställda',
  rule: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  kind: 'operational-follow-up',
  after:
    'Egen regi, skola; Korttidstillsyn; alla: Socialnämnden; utförs av Enheten för juridik, upphandling och föreningsstöd; från 2022-10-01; överenskommelsen 2.3.4-181/2022, punkt 3',
  role: 'system',
  unit: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b',
  unitName: 'Socialnämnden',
  event: '8f7e6d5c-4b3a-4c2d-9e1f-0a9b8c7d6e5f',
};

interface Told {
  readonly position: bigint;
  readonly change: ResponsibilityChange;
}

/** The changes, from the rules' own stream, so that it is never behind, and from the successions of boards that the rules name. */
export const responsibilityHistory = async (query: ResponsibilityHistory, { tenant, today, asOf }: Asking, streams: Streams, registry: EventRegistry) => {
  const [rules, organisation] = await Promise.all([
    streams.tell(tenant, responsibilityRules, responsibilityRulesId(tenant), asOf),
    streams.tell(tenant, organisationStream, organisationId(tenant), asOf),
  ]);
  const city = municipalityOf(organisation.state, tenant);
  const asked = valuesOn(fieldsAsked(query), today, city.holders);
  const concerns = ({ kind, match }: Pick<ResponsibilityRule, 'kind' | 'match'>) =>
    (query.kind === undefined || query.kind === kind) && meet(valuesOn(match, today, city.holders), asked);
  const told: Told[] = [];
  const boards = new Set<string>();
  let state: ResponsibilityRules = responsibilityRules.initial;
  for (const { stored, event } of rules.happened) {
    const before = state;
    state = responsibilityRules.evolve(state, event, event);
    for (const id of concernedBy(event)) {
      const [was, is] = [thingIn(before, id), thingIn(state, id)];
      if (!is || !(concerns(is) || (was && concerns(was)))) continue;
      for (const board of namedIn(is)) boards.add(board);
      const { at: recordedAt, by } = event;
      told.push({
        position: stored.position,
        change: {
          recordedAt,
          what: registry.label(stored.entry).sv,
          rule: id,
          kind: is.kind,
          ...(was && { before: inWords(was, today, city) }),
          after: inWords(is, today, city),
          ...reasonOf(event),
          role: by.role,
          unit: by.unit,
          unitName: city.named(by.unit),
          event: event.id,
        },
      });
    }
  }
  const successions = organisation.happened.flatMap(({ stored, event }): Told[] => {
    if (event.type !== 'BoardSucceeded' && event.type !== 'SuccessionWithdrawn') return [];
    if (!event.data.from.some((board) => boards.has(board))) return [];
    const { from, to } = event.data;
    const names = (ids: readonly string[]) => ids.map(city.named).join(', ');
    const { at: recordedAt, by, id } = event;
    const on = event.type === 'BoardSucceeded' ? ` från ${event.data.on}` : '';
    const reason = event.type === 'BoardSucceeded' ? event.data.decision : event.data.reason;
    return [
      {
        position: stored.position,
        change: {
          recordedAt,
          what: registry.label(stored.entry).sv,
          before: names(from),
          after: `${names(to)}${on}`,
          reason,
          role: by.role,
          unit: by.unit,
          unitName: city.named(by.unit),
          event: id,
        },
      },
    ];
  });
  const all = [...told, ...successions].toSorted((a, b) => (a.position === b.position ? 0 : a.position < b.position ? 1 : -1));
  return { total: all.length, items: all.slice(query.offset, query.offset + query.limit).map(({ change }) => change) };
};

type Thing = ResponsibilityRule | Dispute;
const thingIn = (state: ResponsibilityRules, id: string): Thing | undefined => ruleOf(state, id) ?? disputeOf(state, id);

/** The boards and units that a rule, or what is claimed, names. */
const namedIn = (thing: Thing): readonly string[] => {
  const { operatingBoard, contractingBoard, grantingBoard } = thing.match;
  const answers = 'rule' in thing ? [thing.answer] : thing.claims.map(({ answer }) => answer);
  return [operatingBoard, contractingBoard, grantingBoard, ...answers.map((answer) => answer?.board)].filter((id) => id !== undefined);
};

const reasonOf = ({ data }: ResponsibilityEvent) => ('reason' in data ? { reason: data.reason } : 'grounds' in data ? { reason: data.grounds } : {});

const inWords = (thing: Thing, on: Day, city: Municipality): string => {
  const { provisionForm, service } = thing.match as Values & Thing['match'];
  const place = [provisionForm && PROVISION_FORM_NAMES[provisionForm].sv, service && serviceName(service).sv, placeOf(thing.match, city)]
    .filter(Boolean)
    .join('; ');
  const days = `från ${thing.from}${thing.to === undefined ? '' : ` till och med ${thing.to}`}`;
  if ('rule' in thing) return thing.withdrawn ? `${place}: återtagen` : `${place}: ${designatedText(thing.answer, on, city)}; ${days}; ${thing.basis}`;
  const free = thing.claims.filter(({ rule }) => rule === undefined).map((claim) => claimText(claim, on, city));
  const ruled = thing.claims.length - free.length;
  const claims = [...(ruled === 0 ? [] : [`${ruled} ${ruled === 1 ? 'regel' : 'regler'}`]), ...free].join(' – ');
  return thing.settledFrom === undefined ? `${place}: omtvistat: ${claims}; ${days}` : `${place}: avgjort från ${thing.settledFrom}`;
};
