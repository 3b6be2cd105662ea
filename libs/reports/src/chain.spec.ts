import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Reach } from '#libs/commands';
import type { Instant } from '#libs/kernel';
import { Chain, chain } from './chain.query.js';
import { CHAIN_KINDS, inChainOrder, link, linksAmong, type ChainKind, type ChainNode } from './chain.js';
import { id, who, type Recorded } from './recorded.given.js';
import { AGREEMENT, AUDIT, COLLABORATION, LATER, NORRMALM, OSTERMALM, OTHER_RULE, PLANS, PLANS_AGAIN, R3, REPLY, RULE, storyCity } from './story.given.js';

let city: Recorded;
beforeAll(async () => {
  city = await storyCity();
}, 60_000);
afterAll(() => city.close());

const names = new Map([
  [AUDIT, 'Nr 5 2020'],
  [id('7/2023'), 'Nr 7 2023'],
  [R3, 'R3'],
  [LATER, 'R1 again'],
  [OSTERMALM, 'R3 at Östermalm'],
  [NORRMALM, 'R3 at Norrmalm'],
  [REPLY, 'the reply'],
  [PLANS, 'plans'],
  [PLANS_AGAIN, 'plans again'],
  [COLLABORATION, 'the meeting'],
  [AGREEMENT, 'the agreement'],
  [RULE, 'its rule'],
  [OTHER_RULE, 'a rule of no agreement'],
]);
const named = (one: string) => names.get(one) ?? one;
const of = async (kind: ChainKind, thing: string, reach: Reach = {}, asOf?: Instant) => {
  const asking = await city.asking('2023-10-01T08:00:00.000Z', who('overseer', 'Kommunstyrelsen'), reach, asOf);
  const { views, moments, executor, streams } = city;
  const { nodes, links } = await chain(
    Object.assign(new Chain(), { kind, id: thing, ...(asOf !== undefined && { asOf }) }),
    asking,
    views,
    moments,
    executor,
    streams,
  );
  return { nodes, shown: nodes.map((node) => named(node.id)), links: links.map(({ from, to, how }) => `${named(from)} ${how} ${named(to)}`) };
};

test('from an obligation: up to the report, down to what is done and to the rule that came of it', async () => {
  const { shown, links, nodes } = await of('obligation', OSTERMALM);
  expect(shown).toEqual(['Nr 5 2020', 'R3', 'R3 at Östermalm', 'the reply', 'plans again', 'plans', 'the meeting', 'the agreement', 'its rule']);
  expect(links).toEqual([
    'Nr 5 2020 recommends R3',
    'R3 addressed-to R3 at Östermalm',
    'R3 at Östermalm answered-by the reply',
    'the reply describes plans',
    'the reply describes the meeting',
    'plans goes-on-as plans again',
    'R3 at Östermalm met-by plans again',
    'plans again led-to the agreement',
    'the agreement makes its rule',
  ]);
  expect(nodes.find(({ kind }) => kind === 'obligation')).toMatchObject({ boardName: 'Östermalm', holderName: 'Norra innerstaden', status: 'implemented' });
});

test('from an action: back to what it answers, the reply, the recommendation and its report; on to what it led to', async () => {
  const { shown } = await of('action', PLANS_AGAIN);
  expect(shown).toEqual(['Nr 5 2020', 'R3', 'R3 at Östermalm', 'the reply', 'plans again', 'plans', 'the agreement', 'its rule']);
});

test('an action that answers no recommendation leads back to the reply that describes it', async () => {
  expect(await of('action', COLLABORATION)).toMatchObject({ shown: ['the reply', 'the meeting'], links: ['the reply describes the meeting'] });
});

test('from a recommendation: each board it was addressed to, and the later one that repeats it', async () => {
  const { shown, links } = await of('recommendation', R3);
  expect(shown).toEqual(expect.arrayContaining(['Nr 7 2023', 'R1 again', 'R3 at Norrmalm', 'R3 at Östermalm', 'the reply', 'plans']));
  expect(links).toContain('R3 repeated-by R1 again');
});

test('from the one that repeats it back to the first', async () => {
  const { shown, links } = await of('recommendation', LATER);
  expect(shown).toEqual(['Nr 5 2020', 'Nr 7 2023', 'R1 again', 'R3']);
  expect(links).toContain('R3 repeated-by R1 again');
});

test('from a report and from a reply', async () => {
  expect((await of('audit', AUDIT)).shown).toEqual(
    expect.arrayContaining(['R3', 'R3 at Norrmalm', 'R3 at Östermalm', 'the reply', 'plans', 'the meeting', 'its rule']),
  );
  expect((await of('reply', REPLY)).shown).toEqual([
    'Nr 5 2020',
    'R3',
    'R3 at Östermalm',
    'the reply',
    'plans again',
    'plans',
    'the meeting',
    'the agreement',
    'its rule',
  ]);
});

test('from an agreement and from its rule: back to what led to it, up to the report', async () => {
  const back = ['Nr 5 2020', 'R3', 'R3 at Östermalm', 'the reply', 'plans again', 'plans', 'the agreement', 'its rule'];
  for (const [kind, there] of [
    ['agreement', AGREEMENT],
    ['rule', RULE],
  ] as const) {
    const { shown, links, nodes } = await of(kind, there);
    expect(shown).toEqual(back);
    expect(links).toEqual(expect.arrayContaining(['R3 at Östermalm met-by plans again', 'plans again led-to the agreement', 'the agreement makes its rule']));
    expect(nodes.at(-2)).toMatchObject({ name: 'Samverkansöverenskommelse', boardName: 'Socialnämnden', status: 'in-force', on: '2021-03-15' });
    expect(nodes.at(-1)).toMatchObject({
      name: 'Verksamhetsuppföljning',
      text: 'Överenskommelsen § 1',
      boardName: 'Socialnämnden',
      status: 'ended',
      on: '2021-03-15',
    });
  }
});

test('a rule that no agreement made stands alone', async () => {
  expect(await of('rule', OTHER_RULE)).toMatchObject({ shown: ['a rule of no agreement'], links: [], nodes: [{ status: 'in-force' }] });
});

test('before its first day the rule is not yet, and the agreement is proposed', async () => {
  const { nodes } = await of('rule', RULE, {}, '2021-03-10T08:00:00.000Z' as Instant);
  expect(nodes.slice(-2)).toMatchObject([{ status: 'proposed' }, { status: 'not-yet' }]);
});

test('it is walked both ways: whatever is shown can be asked for, and shows where one came from', async () => {
  const { nodes } = await of('obligation', OSTERMALM);
  const others = nodes.filter(({ id: there }) => there !== COLLABORATION);
  for (const { kind, id: there } of others) expect((await of(kind, there)).shown).toContain('R3 at Östermalm');
});

test('as of before the reply there was none, and no action', async () => {
  const { shown, nodes } = await of('obligation', OSTERMALM, {}, '2020-06-01T08:00:00.000Z' as Instant);
  expect(shown).toEqual(['Nr 5 2020', 'R3', 'R3 at Östermalm', 'the reply']);
  expect(nodes.find(({ kind }) => kind === 'obligation')).toMatchObject({ holderName: 'Östermalm', status: 'open' });
  expect(nodes.find(({ kind }) => kind === 'reply')).toMatchObject({ status: 'awaited', dueOn: '2020-10-15' });
});

test('a board sees what is its own of it, and no other board’s', async () => {
  const own = { units: [id('Norrmalm')] };
  expect((await of('recommendation', R3, own)).shown).toEqual(['Nr 5 2020', 'R3', 'R3 at Norrmalm']);
  for (const [kind, there] of [
    ['obligation', OSTERMALM],
    ['reply', REPLY],
    ['action', PLANS],
  ] as const)
    await expect(of(kind, there, own)).rejects.toMatchObject({ code: 'chain.unknown' });
  await expect(of('audit', AUDIT, { units: [id('Socialnämnden')] })).rejects.toMatchObject({ code: 'chain.unknown' });
});

test('a party sees its agreement, and nobody else does; the rule everybody', async () => {
  expect((await of('agreement', AGREEMENT, { units: [id('Socialnämnden')] })).shown).toEqual(['the agreement', 'its rule']);
  expect((await of('rule', RULE, { units: [id('Hägersten')] })).shown).toEqual(['its rule']);
  await expect(of('agreement', AGREEMENT, { units: [id('Norrmalm')] })).rejects.toMatchObject({ code: 'chain.unknown' });
});

test('what is not there is unknown, of every kind', async () => {
  for (const kind of CHAIN_KINDS) await expect(of(kind, id('nothing'))).rejects.toMatchObject({ code: 'chain.unknown' });
});

const node = (kind: ChainKind, name: string, boardName?: string): ChainNode => ({
  kind,
  id: `${kind} ${name}`,
  name,
  ...(boardName !== undefined && { boardName }),
});

test('a link whose end is not shown is not shown either; one is shown once', () => {
  const nodes = [node('recommendation', 'R1'), node('obligation', 'R1')];
  const shown = link('recommendation R1', 'obligation R1', 'addressed-to');
  expect(linksAmong(nodes, [shown, shown, link('audit A', 'recommendation R1', 'recommends'), link('obligation R1', 'reply', 'answered-by')])).toEqual([shown]);
});

test('the order goes from the report down, of one kind as people count and spell', () => {
  const nodes = [node('obligation', 'R10', 'Älvsjö'), node('obligation', 'R2', 'Älvsjö'), node('obligation', 'R2', 'Bromma'), node('audit', 'Nr 5')];
  expect(inChainOrder(nodes).map(({ name, boardName }) => [name, boardName].join(' '))).toEqual(['Nr 5 ', 'R2 Bromma', 'R2 Älvsjö', 'R10 Älvsjö']);
});
