import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, Id, Query } from '#libs/fields';
import { CodeType, IdType, unknown } from '#libs/kernel';
import type { Views } from '#libs/views';
import { linksOf, nodesOf } from './chain-nodes.query.js';
import { shownOf, walk } from './chain-walk.query.js';
import { CHAIN_KINDS, ChainLink, ChainNode, inChainOrder, link, linksAmong, type ChainKind } from './chain.js';
import { registerThen } from './register-then.js';

/** What leads to a thing, up to the report, and what it leads to, down to what is done and to the rules that came of it. */
export class Chain extends Query {
  @Code('What kind of thing.', CHAIN_KINDS, 'ChainKind') kind!: ChainKind;
  @Id('The thing.') id!: string;
}

export const ChainAnswer = Type.Object({
  kind: CodeType(CHAIN_KINDS, 'What was asked for.'),
  id: IdType('Which one.'),
  nodes: Type.Array(ChainNode, { description: 'From the report to what is done, and to the rules that came of it.' }),
  links: Type.Array(ChainLink),
});

/** @throws Refusal `chain.unknown` where there is no such thing, or it is out of the asker's reach */
export const chain = async (
  { kind, id, asOf }: Chain,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const walked = shownOf(await views.read(asking.tenant, (read) => walk(read, kind, id), { at }), id, asking.reach);
  const nodes = inChainOrder(nodesOf(walked, then));
  if (!nodes.some((node) => node.kind === kind && node.id === id))
    throw unknown('chain.unknown', {
      sv: 'Det finns inget sådant, eller så är det utom räckhåll för din roll.',
      en: 'There is no such thing, or it is out of reach for your role.',
    });
  return { kind, id, nodes, links: linksAmong(nodes, linksOf(walked)) };
};

const AUDIT = '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31';
const R3 = '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f';
const OBLIGATION = '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31';
const ACTION = '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d';
const ostermalm = { board: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', boardName: 'Östermalms stadsdelsnämnd' };
const held = { holder: '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b', holderName: 'Norra innerstadens stadsdelsnämnd' };

/** A chain as the API description shows it. */
export const chainExample = {
  kind: 'obligation',
  id: OBLIGATION,
  nodes: [
    { kind: 'audit', id: AUDIT, name: 'Nr 5 2020', text: 'Uppföljning av korttidstillsyn', on: '2020-05-25' },
    { kind: 'recommendation', id: R3, name: 'R3', text: 'Stadsdelsnämnderna rekommenderas att följa upp den beviljade insatsen.' },
    { kind: 'obligation', id: OBLIGATION, name: 'R3', ...ostermalm, ...held, status: 'open', on: '2020-05-28', dueOn: '2023-09-30' },
    { kind: 'action', id: ACTION, name: 'Kollegial granskning av genomförandeplaner', ...ostermalm, ...held, status: 'promised', dueOn: '2023-09-30' },
  ],
  links: [link(AUDIT, R3, 'recommends'), link(R3, OBLIGATION, 'addressed-to'), link(OBLIGATION, ACTION, 'met-by')],
};
