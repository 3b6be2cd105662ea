import { CodeType, DayType, IdType, type Day, type Text } from '#libs/kernel';
import { Type, type Static } from 'typebox';

/** What the chain is made of, from the report to what is done about it, and to who follows up whom since. */
export const CHAIN_KINDS = ['audit', 'recommendation', 'obligation', 'reply', 'action', 'agreement', 'rule'] as const;
export type ChainKind = (typeof CHAIN_KINDS)[number];

/** How one thing leads to the next. */
export const LINKS = ['recommends', 'repeated-by', 'addressed-to', 'answered-by', 'describes', 'met-by', 'goes-on-as', 'led-to', 'makes'] as const;
export type LinkKind = (typeof LINKS)[number];

const LINK_NAMES: Readonly<Record<LinkKind, Text>> = {
  recommends: { sv: 'rekommenderar', en: 'recommends' },
  'repeated-by': { sv: 'upprepas av', en: 'is repeated by' },
  'addressed-to': { sv: 'riktas till nämnd som', en: 'is addressed to a board as' },
  'answered-by': { sv: 'besvaras av', en: 'is answered by' },
  describes: { sv: 'beskriver', en: 'describes' },
  'met-by': { sv: 'möts av', en: 'is met by' },
  'goes-on-as': { sv: 'övergår i', en: 'goes on as' },
  'led-to': { sv: 'ledde till', en: 'led to' },
  makes: { sv: 'ger ansvarsregeln', en: 'makes the rule' },
};

export const ChainNode = Type.Object({
  kind: CodeType(CHAIN_KINDS, 'What it is.'),
  id: IdType('Its id: with the kind, where the chain can be walked on from.'),
  name: Type.String({ description: 'What it is called: a report’s number, R3, an action’s or agreement’s title, a kind of responsibility.' }),
  text: Type.Optional(Type.String({ description: 'A report’s title, a recommendation’s wording, what a rule rests on.' })),
  board: Type.Optional(IdType('The board it was first given to, that proposed it, or that it designates.')),
  boardName: Type.Optional(Type.String()),
  holder: Type.Optional(IdType('The board that holds it on the day of looking.')),
  holderName: Type.Optional(Type.String()),
  status: Type.Optional(Type.String({ description: 'How it stands, as its own list says it.' })),
  on: Type.Optional(DayType('The day that it is known by: handed over, given, done, in force from.')),
  dueOn: Type.Optional(DayType('The next day that it is awaited by.')),
});
export type ChainNode = Static<typeof ChainNode>;

export const ChainLink = Type.Object({
  from: IdType('Nearer to the report.'),
  to: IdType('Nearer to what is done.'),
  how: CodeType(LINKS, 'How the one leads to the other.'),
  text: Type.String({ description: 'The same in Swedish.' }),
});
export type ChainLink = Static<typeof ChainLink>;

export const link = (from: string, to: string, how: LinkKind): ChainLink => ({ from, to, how, text: LINK_NAMES[how].sv });

/** The links whose both ends are shown, each once. */
export const linksAmong = (nodes: readonly ChainNode[], links: readonly ChainLink[]): readonly ChainLink[] => {
  const shown = new Set(nodes.map(({ id }) => id));
  const seen = new Set<string>();
  return links.filter(({ from, to, how }) => {
    const key = `${from} ${how} ${to}`;
    const first = !seen.has(key);
    seen.add(key);
    return first && shown.has(from) && shown.has(to);
  });
};

/** From the report down, of one kind by board and name. */
export const inChainOrder = (nodes: readonly ChainNode[]): readonly ChainNode[] =>
  nodes.toSorted(
    (a, b) =>
      CHAIN_KINDS.indexOf(a.kind) - CHAIN_KINDS.indexOf(b.kind) ||
      (a.boardName ?? '').localeCompare(b.boardName ?? '', 'sv') ||
      a.name.localeCompare(b.name, 'sv', { numeric: true }) ||
      a.id.localeCompare(b.id),
  );

/** What is there, without what is not. */
export const known = <T extends Readonly<Record<string, string | Day | null | undefined>>>(said: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
