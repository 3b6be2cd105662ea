import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, derivedId, event, type Instant } from '#libs/kernel';
import {
  calendarId,
  DecisionAnnulled,
  MeetingMoved,
  MeetingOpened,
  MeetingPlanned,
  MinutesApproved,
  ParagraphRecorded,
  type DecidedKind,
  type Outcome,
} from '#libs/meetings';
import { organisationId, RoleAssigned } from '#libs/organisation';
import { WhoIsResponsible } from '#libs/responsibilities';
import { DeadlineRuleSet, deadlineRulesId, defaultRules } from '#libs/timers';
import { AgreementById } from './agreement-by-id.query.js';
import { AgreementDifference } from './agreement-difference.query.js';
import { AgreementHistory } from './agreement-history.query.js';
import { clauses, ids, organisationFacts, OTHER_TEXT, TEXT, v1, v2 } from './agreements.given.js';
import { smallCity, TENANT, who, type SmallCity } from './city.given.js';
import { DelegatedDecisionById } from './delegated-decision-by-id.query.js';
import { GiveDelegation } from './give-delegation.js';
import { ListAgreements } from './list-agreements.query.js';
import { ListDecisionsToReport } from './list-decisions-to-report.query.js';
import { ListDelegatedDecisions } from './list-delegated-decisions.query.js';
import { ListDelegations } from './list-delegations.query.js';
import { ProposeVersion } from './propose-version.js';
import { RecordDecision } from './record-decision.js';
import { RegisterAgreement } from './register-agreement.js';
import { ReportToBoard } from './report-to-board.js';
import { SignAgreement } from './sign-agreement.js';
import { RevokeApproval } from './revoke-approval.js';

// Case B [000]: the agreement from its proposal until a court annuls a decision, with everything that follows elsewhere. What is *sample*:
// the text, everything of utbildningsnämnden, the signatures.

const AGREEMENT = ids.agreement;
const PATIENCE_MS = 120_000;
const registrar = who('registrar', ids.social);
const director = { actor: ids.director, role: 'head-of-administration', unit: ids.socialAdministration };
const educationDirector = { actor: ids.educationDirector, role: 'head-of-administration', unit: ids.educationAdministration };
const secretary = who('board-secretary', ids.social);
const educationRegistrar = who('registrar', ids.education);

interface Page {
  readonly inForce: boolean;
  readonly inForceOn?: string;
  readonly lastDay?: string;
  readonly unrecorded: readonly object[];
  readonly versions: readonly { readonly number: number; readonly missing: readonly { readonly text: { readonly sv: string } }[] }[];
}
interface Listed<R> {
  readonly total: number;
  readonly items: readonly R[];
}
let city: SmallCity;
const told: { readonly at: Instant; readonly lists: readonly unknown[]; readonly page: Page }[] = [];

const page = (said: object = {}, by = registrar) => city.ask<Page>(new AgreementById(), { agreement: AGREEMENT, ...said }, by);
const lists = (said: object = {}) =>
  Promise.all([
    city.ask<unknown>(new ListAgreements(), said, registrar),
    city.ask<unknown>(new ListDelegations(), said, registrar),
    city.ask<unknown>(new ListDelegatedDecisions(), said, registrar),
    city.ask<unknown>(new ListDecisionsToReport(), said, registrar),
  ]);
const toReport = () =>
  city.ask<Listed<{ readonly decision: string; readonly what: string; readonly dueOn: string }>>(new ListDecisionsToReport(), { board: ids.social }, secretary);
const missing = async (number = 1) => (await page()).versions.find((one) => one.number === number)?.missing.map(({ text }) => text.sv);
/** Who does the operational follow-up of a school's own short-term supervision on a day. */
const followsUp = async (on: string, said: object = {}) => {
  const asked = {
    provisionForm: 'in-house-school',
    service: 'short-term-supervision',
    operatingBoard: ids.education,
    kind: 'operational-follow-up',
    on,
    ...said,
  };
  const { answers } = await city.ask<{ readonly answers: readonly { readonly outcome: string }[] }>(new WhoIsResponsible(), asked, registrar);
  return answers[0]?.outcome;
};
const remember = async (): Promise<void> => {
  told.push({ at: city.now(), lists: await lists(), page: await page() });
};

const meetingOf = (board: string, on: string): string => derivedId(board, on);
/** A board decides, in one paragraph of points. */
const decides = async (
  board: string,
  on: string,
  number: string,
  points: readonly { readonly outcome?: Outcome; readonly kind?: DecidedKind; readonly version?: string }[],
) => {
  const meeting = meetingOf(board, on);
  const paragraph = derivedId(meeting, number);
  await city.record(
    `meeting-${meeting}`,
    event(MeetingOpened, { meeting, board, on: day(on), kind: 'meeting' }),
    event(ParagraphRecorded, {
      meeting,
      paragraph,
      number,
      title: 'Överenskommelse',
      points: points.map(({ outcome = 'approved', kind = 'agreement', version }, nth) => ({
        point: derivedId(meeting, number, nth),
        text: 'Nämnden beslutar.',
        outcome,
        object: { kind, id: AGREEMENT, ...(version !== undefined && { version }) },
      })),
    }),
  );
  return points.map((_, nth) => ({ meeting, point: derivedId(meeting, number, nth) }));
};
const approves = (board: string, on: string, approvedOn: string) =>
  city.record(`meeting-${meetingOf(board, on)}`, event(MinutesApproved, { meeting: meetingOf(board, on), approval: 1, on: day(approvedOn) }));

const headOf = (person: string, of: string) =>
  event(RoleAssigned, { person, role: 'head-of-administration', unit: of, from: day('2020-01-01'), capacity: 'ordinary' });

const plannedOn = (on: string) =>
  event(MeetingPlanned, { meeting: meetingOf(ids.social, on), board: ids.social, on: day(on), stopOn: day('2022-05-23'), papersOn: day('2022-06-07') });

beforeAll(async () => {
  city = await smallCity();
  await city.record(`organisation-${organisationId(TENANT)}`, ...organisationFacts);
  await city.record(
    `organisation-${organisationId(TENANT)}`,
    headOf(ids.director, ids.socialAdministration),
    headOf(ids.educationDirector, ids.educationAdministration),
  );
  await city.record(`deadline-rules-${deadlineRulesId(TENANT)}`, ...defaultRules.map((terms) => event(DeadlineRuleSet, { ...terms, version: 1 })));
  await city.record(`calendar-${calendarId(TENANT, ids.social)}`, plannedOn('2022-06-14'), plannedOn('2022-10-25'));

  city.at('2022-05-17T08:00:00Z');
  const parties = [{ board: ids.social, registryNumber: '2.3.4-181/2022' }, { board: ids.education }];
  await city.send(new RegisterAgreement(), { agreement: AGREEMENT, title: 'Samverkansöverenskommelse', parties, proposedBy: ids.social }, registrar);
  const proposing = {
    agreement: AGREEMENT,
    board: ids.social,
    on: day('2022-05-17'),
    clauses: clauses as ProposeVersion['clauses'] & object,
    terms: { allSignatures: true },
  };
  await city.send(new ProposeVersion(), { ...proposing, text: TEXT }, registrar);
  await city.send(new ProposeVersion(), { ...proposing, text: OTHER_TEXT }, registrar);
  await remember();
}, PATIENCE_MS);
afterAll(() => city?.close());

test(
  'socialnämnden’s decision is recorded before its minutes are approved, and counts of itself once they are',
  async () => {
    city.at('2022-06-15T08:00:00Z');
    const [agreed] = await decides(ids.social, '2022-06-14', '§ 13', [{ version: v1 }, { kind: 'delegation' }]);
    expect((await page()).unrecorded).toMatchObject([{ ...agreed, board: { name: 'Socialnämnden' }, on: '2022-06-14', number: '§ 13', outcome: 'approved' }]);
    await city.send(new RecordDecision(), { agreement: AGREEMENT, decision: agreed! }, registrar);
    expect((await page()).unrecorded).toEqual([]);
    expect(await missing()).toEqual([
      'Socialnämnden godkände version 1 i § 13 tisdag 14 juni 2022, men beslutet räknas först när protokollet är justerat.',
      'Utbildningsnämnden har inte godkänt version 1.',
      'Socialnämnden har inte undertecknat version 1.',
      'Utbildningsnämnden har inte undertecknat version 1.',
    ]);
    await remember();
    city.at('2022-06-20T08:00:00Z');
    await approves(ids.social, '2022-06-14', '2022-06-20');
    expect(await missing()).toHaveLength(3);
    await remember();
  },
  PATIENCE_MS,
);

test(
  'utbildningsnämnden first approves another version: not in force, and why; then it concurs',
  async () => {
    city.at('2022-08-30T08:00:00Z');
    const [other] = await decides(ids.education, '2022-08-25', '§ 4', [{ version: v2 }]);
    await approves(ids.education, '2022-08-25', '2022-08-30');
    await city.send(new RecordDecision(), { agreement: AGREEMENT, decision: other! }, educationRegistrar);
    expect((await missing())?.[0]).toBe('Utbildningsnämnden har senast godkänt en annan version, version 2, och inte version 1.');
    await remember();
    city.at('2022-09-22T08:00:00Z');
    const [same] = await decides(ids.education, '2022-09-15', '§ 7', [{ version: '1' }, { kind: 'delegation' }]);
    await approves(ids.education, '2022-09-15', '2022-09-22');
    await city.send(new RecordDecision(), { agreement: AGREEMENT, decision: same! }, educationRegistrar);
    expect(await missing()).toEqual(['Socialnämnden har inte undertecknat version 1.', 'Utbildningsnämnden har inte undertecknat version 1.']);
    await remember();
  },
  PATIENCE_MS,
);

test(
  'nobody signs without delegation; each board’s delegate signs, and it is in force from the day of the last signature',
  async () => {
    city.at('2022-10-03T08:00:00Z');
    const sign = { agreement: AGREEMENT, version: v1, on: day('2022-10-03') };
    await expect(city.send(new SignAgreement(), { ...sign, party: ids.social }, director)).rejects.toMatchObject({ code: 'delegation.none' });
    const give = {
      origin: 'special-decision',
      covers: ['sign-agreements', 'revise-agreements'],
      role: 'head-of-administration',
      what: 'Att teckna avtalet.',
    } as const;
    await city.send(
      new GiveDelegation(),
      {
        ...give,
        covers: [...give.covers],
        board: ids.social,
        unit: ids.socialAdministration,
        decision: { meeting: meetingOf(ids.social, '2022-06-14'), point: derivedId(meetingOf(ids.social, '2022-06-14'), '§ 13', 1) },
      },
      registrar,
    );
    await city.send(
      new GiveDelegation(),
      {
        ...give,
        covers: [...give.covers],
        board: ids.education,
        unit: ids.educationAdministration,
        decision: { meeting: meetingOf(ids.education, '2022-09-15'), point: derivedId(meetingOf(ids.education, '2022-09-15'), '§ 7', 1) },
      },
      educationRegistrar,
    );
    await city.send(new SignAgreement(), { ...sign, party: ids.social }, director);
    expect(await followsUp('2022-10-04')).toBe('none-designated');
    city.at('2022-10-05T08:00:00Z');
    await city.send(new SignAgreement(), { ...sign, party: ids.education, on: day('2022-10-04') }, educationDirector);
    expect(await page()).toMatchObject({ inForce: true, inForceOn: '2022-10-04' });
    expect(await missing()).toEqual([]);
    await remember();
  },
  PATIENCE_MS,
);

test('its clauses are rules from that day: none designated the day before', async () => {
  expect([await followsUp('2022-10-03'), await followsUp('2022-10-04')]).toEqual(['none-designated', 'designated']);
  expect(await followsUp('2022-10-04', { asOf: '2022-10-04T08:00:00Z' as Instant })).toBe('none-designated');
});

test(
  'the signature is on the list of what the board is to be told of, follows the calendar, and is gone once it is reported',
  async () => {
    const { items } = await toReport();
    expect(await city.ask(new DelegatedDecisionById(), { decision: items[0]!.decision }, secretary)).toMatchObject({
      duty: 'report',
      board: { name: 'Socialnämnden' },
      delegation: { what: 'Att teckna avtalet.' },
      awaited: [{ type: 'delegated-report', dueOn: '2022-10-25', late: false }],
    });
    expect(items).toMatchObject([{ what: 'Undertecknat överenskommelsen ”Samverkansöverenskommelse”, version 1.', dueOn: '2022-10-25', late: false }]);
    const meeting = meetingOf(ids.social, '2022-10-25');
    city.at('2022-10-10T08:00:00Z');
    await city.record(
      `calendar-${calendarId(TENANT, ids.social)}`,
      event(MeetingMoved, { meeting, board: ids.social, on: day('2022-10-27'), stopOn: day('2022-10-03'), papersOn: day('2022-10-20'), reason: 'Skäl.' }),
    );
    expect((await toReport()).items[0]?.dueOn).toBe('2022-10-27');
    city.at('2022-10-27T16:00:00Z');
    await city.record(`meeting-${meeting}`, event(MeetingOpened, { meeting, board: ids.social, on: day('2022-10-27'), kind: 'meeting' }));
    await city.send(new ReportToBoard(), { decision: items[0]!.decision, meeting }, secretary);
    expect(await toReport()).toEqual({ total: 0, items: [] });
    await remember();
  },
  PATIENCE_MS,
);

test('an urgent decision is on the same list until it is reported', async () => {
  city.at('2022-10-28T08:00:00Z');
  const urgent = derivedId('urgent');
  const mandate = { decider: 'chair' as const, reference: 'Delegationsordningen 1.1' };
  await city.record(
    `meeting-${urgent}`,
    event(MeetingOpened, { meeting: urgent, board: ids.social, on: day('2022-10-26'), kind: 'urgent', mandate }),
    event(ParagraphRecorded, {
      meeting: urgent,
      paragraph: derivedId(urgent, '1'),
      number: '1/2022',
      title: 'Yttrande över remiss',
      points: [{ point: derivedId(urgent, 'point'), text: 'Beslutas.', outcome: 'approved' }],
    }),
  );
  expect(await toReport()).toMatchObject({ total: 1, items: [{ kind: 'urgent', decision: urgent, what: 'Yttrande över remiss', how: 'next-meeting' }] });
});

test(
  'a court annuls utbildningsnämnden’s decision: it is in force no longer from that day, and none is designated',
  async () => {
    city.at('2023-01-16T08:00:00Z');
    const meeting = meetingOf(ids.education, '2022-09-15');
    await city.record(
      `meeting-${meeting}`,
      event(DecisionAnnulled, { meeting, point: derivedId(meeting, '§ 7', 0), court: 'Förvaltningsrätten', on: day('2023-01-10') }),
    );
    expect(await page()).toMatchObject({ inForce: false });
    expect(await page({ on: '2023-01-09' })).toMatchObject({ inForce: true, lastDay: '2023-01-09', because: 'approval-missing' });
    expect([await followsUp('2023-01-09'), await followsUp('2023-01-10')]).toEqual(['designated', 'none-designated']);
    await remember();
  },
  PATIENCE_MS,
);

test(
  'and one that is taken back by its board before it was ever in force, recorded late, withdraws it all',
  async () => {
    city.at('2023-02-01T08:00:00Z');
    const [revoked] = await decides(ids.social, '2022-09-27', '§ 3', [{ version: v1 }]);
    await approves(ids.social, '2022-09-27', '2022-09-28');
    await city.send(new RevokeApproval(), { agreement: AGREEMENT, decision: revoked! }, registrar);
    expect((await page({ on: '2022-12-01' })).inForce).toBe(false);
    expect(await followsUp('2022-12-01')).toBe('none-designated');
    expect(await followsUp('2022-12-01', { asOf: '2023-01-16T09:00:00Z' as Instant })).toBe('designated');
    await remember();
  },
  PATIENCE_MS,
);

test('each list and the page are, as of every moment, what they were then', async () => {
  for (const one of told) {
    expect(await lists({ asOf: one.at })).toEqual(one.lists);
    expect(await page({ asOf: one.at })).toEqual(one.page);
  }
});

const agreementsBy = (said: object) => city.ask<Listed<unknown>>(new ListAgreements(), said, registrar).then(({ total }) => total);

const delegationsBy = (said: object) => city.ask<Listed<unknown>>(new ListDelegations(), said, registrar).then(({ total }) => total);

const decisionsBy = (said: object) => city.ask<Listed<unknown>>(new ListDelegatedDecisions(), said, registrar).then(({ total }) => total);

test('lists are narrowed', async () => {
  expect(
    await Promise.all(
      [
        { on: '2022-10-04' },
        { status: 'proposed' },
        { status: 'proposed', on: '2022-10-04' },
        { registryNumber: '181/2022' },
        { registryNumber: 'x' },
        { board: ids.education },
        { board: ids.culture },
      ].map(agreementsBy),
    ),
  ).toEqual([1, 1, 1, 1, 0, 1, 0]);
  const asOf = '2022-10-06T08:00:00Z' as Instant;
  expect(
    await Promise.all(
      [
        { status: 'in-force', asOf },
        { status: 'not-in-force', asOf },
        { status: 'proposed', asOf, on: '2022-10-03' },
      ].map(agreementsBy),
    ),
  ).toEqual([1, 0, 1]);
  expect(
    await Promise.all(
      [{}, { board: ids.social }, { covers: 'other' }, { covers: 'sign-agreements' }, { on: '2022-06-19' }, { on: '2022-06-20' }, { agreement: AGREEMENT }].map(
        delegationsBy,
      ),
    ),
  ).toEqual([1, 1, 0, 1, 0, 1, 1]);
  expect(
    await Promise.all(
      [
        {},
        { status: 'reported' },
        { status: 'to-report' },
        { kind: 'sign-agreements' },
        { agreement: AGREEMENT },
        { tellHead: true },
        { tellHead: false },
        { from: '2022-10-04' },
        { to: '2022-10-03' },
        { board: ids.social },
      ].map(decisionsBy),
    ),
  ).toEqual([1, 1, 0, 1, 1, 0, 1, 0, 1, 1]);
});

const differs = (said: object = {}) => city.ask<object>(new AgreementDifference(), { agreement: AGREEMENT, ...said }, registrar);

test('the difference between its versions', async () => {
  expect(await differs()).toMatchObject({ from: { number: 1 }, to: { number: 2 }, sameText: false, clauses: [], terms: [], boardsAlone: [] });
  expect(await differs({ from: v1, to: v1 })).toMatchObject({ sameText: true });
  expect(await differs({ to: v1 })).toMatchObject({ to: { number: 1 }, terms: [{ term: 'allSignatures', after: true }] });
  await expect(differs({ from: 'e'.repeat(64) })).rejects.toMatchObject({ code: 'version.unknown' });
});

test('another board’s people know of none of it; auditors see everything', async () => {
  const stranger = who('registrar', ids.culture);
  await expect(page({}, stranger)).rejects.toMatchObject({ code: 'agreement.unknown' });
  const { items } = await city.ask<Listed<{ readonly decision: string }>>(new ListDelegatedDecisions(), {}, registrar);
  await expect(city.ask(new DelegatedDecisionById(), { decision: items[0]!.decision }, stranger)).rejects.toMatchObject({ code: 'delegated-decision.unknown' });
  await expect(city.ask(new AgreementHistory(), { agreement: AGREEMENT }, stranger)).rejects.toMatchObject({ code: 'agreement.unknown' });
  await expect(city.ask(new AgreementDifference(), { agreement: AGREEMENT }, stranger)).rejects.toMatchObject({ code: 'agreement.unknown' });
  await expect(city.send(new SignAgreement(), { agreement: AGREEMENT, party: ids.social, version: v1, on: day('2022-10-03') }, stranger)).rejects.toMatchObject(
    {
      code: 'agreement.unknown',
    },
  );
  for (const query of [new ListAgreements(), new ListDelegations(), new ListDelegatedDecisions(), new ListDecisionsToReport()]) {
    expect(await city.ask(query, {}, stranger)).toEqual({ total: 0, items: [] });
  }
  expect((await city.ask<Listed<unknown>>(new ListAgreements(), {}, who('auditor', ids.culture))).total).toBe(1);
  expect((await city.ask<{ readonly items: readonly unknown[] }>(new AgreementHistory(), { agreement: AGREEMENT }, registrar)).items.length).toBeGreaterThan(
    10,
  );
});

test('nothing that followed was refused', async () => {
  expect(await city.refusedReactions()).toEqual([]);
});
