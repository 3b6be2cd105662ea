import { Type, type Static } from 'typebox';
import { CodeType, DayType, IdType, never, type Text } from '#libs/kernel';
import { ROLES, ROLE_NAMES } from '#libs/organisation';
import type { Answer, Basis, Claim, Designee } from './answer.js';
import type { Municipality } from './city.js';
import { DESIGNATIONS, OUTCOME_NAMES, OUTCOMES, RELATIVE_BOARD_NAMES, RESPONSIBILITY_KIND_NAMES, RESPONSIBILITY_KINDS } from './responsibility.codes.js';
import { ClauseType } from './rule-fields.js';

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const TextShown = Type.Object({ sv: Type.String(), en: Type.String() });

const designeeFields = {
  board: Type.Optional(Type.Object(Named.properties, { description: 'The board that holds it on the day; left out where the question does not name it.' })),
  relative: Type.Optional(CodeType(DESIGNATIONS, 'The place of the board, where the rule names it by that.')),
  performingUnit: Type.Optional(Named),
  performingRole: Type.Optional(CodeType(ROLES, 'The role that performs it.')),
  assisting: Type.Optional(Type.Array(Named)),
};

const BasisShown = Type.Object({
  rule: IdType('The rule.'),
  basis: Type.String({ description: 'What it rests on.' }),
  from: DayType('The rule’s first day.'),
  to: Type.Optional(DayType('Its last day; left out where none is set.')),
  clause: Type.Optional(Type.Object(ClauseType.properties, { description: 'The clause of an agreement that made it.' })),
});

const ClaimShown = Type.Object({
  claim: IdType('The claim.'),
  text: Type.Optional(Type.String({ description: 'In words.' })),
  ...designeeFields,
  notApplicable: Type.Optional(Type.Literal(true)),
  source: Type.String({ description: 'Where it stands.' }),
  rule: Type.Optional(Type.Object(BasisShown.properties, { description: 'The rule that claims it, where one does.' })),
});

/** The answer of one kind of responsibility. */
export const AnswerShown = Type.Object({
  kind: CodeType(RESPONSIBILITY_KINDS, 'The kind of responsibility.'),
  kindName: TextShown,
  outcome: CodeType(OUTCOMES, 'Whether somebody is designated, nobody, it is disputed, or the kind does not apply.'),
  ...designeeFields,
  bases: Type.Optional(Type.Array(BasisShown, { description: 'The rules that it rests on.' })),
  claims: Type.Optional(Type.Array(ClaimShown, { description: 'Where it is disputed: each claim with its source.' })),
  disputes: Type.Optional(Type.Array(IdType('What is recorded as disputed; empty where boards that had rules of their own became one.'))),
  says: Type.Object(TextShown.properties, { description: 'The answer in a sentence.' }),
});
export type AnswerShown = Static<typeof AnswerShown>;

type City = Pick<Municipality, 'named'>;

const named = (id: string, { named: nameOf }: City) => ({ id, name: nameOf(id) });

const designeeShown = ({ board, relative, performingUnit, performingRole, assisting }: Designee, city: City) => ({
  ...(board !== undefined && { board: named(board, city) }),
  ...(relative !== undefined && { relative }),
  ...(performingUnit !== undefined && { performingUnit: named(performingUnit, city) }),
  ...(performingRole !== undefined && { performingRole }),
  ...(assisting.length > 0 && { assisting: assisting.map((id) => named(id, city)) }),
});

/** Bases as they are shown: without what is left out. */
const basisShown = ({ rule, basis, from, to, clause }: Basis) => ({
  rule,
  basis,
  from,
  ...(to !== undefined && { to }),
  ...(clause && { clause: { ...clause } }),
});

const claimShown = ({ claim, text, designee, notApplicable, source, basis }: Claim, city: City) => ({
  claim,
  ...(text !== undefined && { text }),
  ...(designee && designeeShown(designee, city)),
  ...(notApplicable && { notApplicable }),
  source,
  ...(basis && { rule: basisShown(basis) }),
});

/** An answer with the names of boards and units, and in a sentence. */
export const answerShown = (answer: Answer, city: City): AnswerShown => {
  const { kind } = answer;
  const about = { kind, kindName: RESPONSIBILITY_KIND_NAMES[kind], says: sentence(answer, city) };
  switch (answer.outcome) {
    case 'designated':
      return { ...about, outcome: 'designated', ...designeeShown(answer.designee, city), bases: answer.bases.map(basisShown) };
    case 'none-designated':
      return { ...about, outcome: 'none-designated' };
    case 'disputed':
      return { ...about, outcome: 'disputed', claims: answer.claims.map((claim) => claimShown(claim, city)), disputes: [...answer.disputes] };
    case 'not-applicable':
      return { ...about, outcome: 'not-applicable', bases: answer.bases.map(basisShown) };
    default:
      return never(answer);
  }
};

/** Whom an answer or a claim designates, as part of a sentence. */
const designeeText = ({ board, relative, performingUnit, performingRole, assisting }: Designee, { named: nameOf }: City): Text => {
  const who: Text =
    board !== undefined ? { sv: nameOf(board), en: nameOf(board) } : relative === undefined ? { sv: 'ingen', en: 'nobody' } : RELATIVE_BOARD_NAMES[relative];
  const role = performingRole && ROLE_NAMES[performingRole];
  const unit = performingUnit === undefined ? undefined : nameOf(performingUnit);
  const helpers = assisting.map(nameOf).join(', ');
  return {
    sv: [who.sv, role && `genom ${role.sv}`, unit && `utförs av ${unit}`, helpers && `bistås av ${helpers}`].filter(Boolean).join('; '),
    en: [who.en, role && `by its ${role.en}`, unit && `performed by ${unit}`, helpers && `assisted by ${helpers}`].filter(Boolean).join('; '),
  };
};

const claimText = ({ text, designee, notApplicable, source }: Claim, city: City): Text => {
  const designated = designee ? designeeText(designee, city) : notApplicable ? OUTCOME_NAMES['not-applicable'] : undefined;
  const words = (language: keyof Text) => [designated?.[language], text].filter((part) => part !== undefined).join(': ');
  return { sv: `${words('sv')} (${source})`, en: `${words('en')} (${source})` };
};

const small = (text: string): string => text.toLocaleLowerCase('sv');

/** The answer in a sentence of each language. */
const sentence = (answer: Answer, city: City): Text => {
  const kind = RESPONSIBILITY_KIND_NAMES[answer.kind];
  const outcome = OUTCOME_NAMES[answer.outcome];
  const said = (sv: string, en: string): Text => ({ sv: `${kind.sv}: ${sv}.`, en: `${kind.en}: ${en}.` });
  switch (answer.outcome) {
    case 'designated': {
      const designee = designeeText(answer.designee, city);
      const bases = answer.bases.map(({ basis }) => basis).join('; ');
      return said(`${designee.sv} (${bases})`, `${designee.en} (${bases})`);
    }
    case 'none-designated':
      return said(small(outcome.sv), small(outcome.en));
    case 'disputed': {
      const claims = answer.claims.map((claim) => claimText(claim, city));
      return said(`${small(outcome.sv)}: ${claims.map(({ sv }) => sv).join('; ')}`, `${small(outcome.en)}: ${claims.map(({ en }) => en).join('; ')}`);
    }
    case 'not-applicable': {
      const bases = answer.bases.map(({ basis }) => basis).join('; ');
      return said(`${small(outcome.sv)} (${bases})`, `${small(outcome.en)} (${bases})`);
    }
    default:
      return never(answer);
  }
};
