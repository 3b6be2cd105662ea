import { contradictory, forbidden, unknown, type Day, type Refusal, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { PROVISION_FORM_NAMES, RESPONSIBILITY_KIND_NAMES } from './responsibility.codes.js';
import type { ResponsibilityRule } from './responsibility-rules.js';

export const noSuchRule = (): Refusal =>
  unknown('responsibility.unknown', {
    sv: 'Ansvarsregeln finns inte. Sök upp den i listan över regler.',
    en: 'There is no such responsibility rule. Look it up in the list of rules.',
  });

export const noSuchDispute = (): Refusal =>
  unknown('responsibility.dispute-unknown', {
    sv: 'Det finns ingen sådan anteckning om omtvistat ansvar.',
    en: 'Nothing of the kind is recorded as disputed.',
  });

/** A rule in a sentence: kind, for what, from when to when, on what basis. */
export const described = (rule: Pick<ResponsibilityRule, 'rule' | 'kind' | 'match' | 'basis' | 'from' | 'to'>, register: Pick<Register, 'unit'>): Text => {
  const { provisionForm, service, ...units } = rule.match;
  const named = Object.values(units).map((id) => register.unit(id)?.name ?? id);
  const place = (language: keyof Text) =>
    [provisionForm === undefined ? undefined : PROVISION_FORM_NAMES[provisionForm][language], service, ...named]
      .filter((part) => part !== undefined)
      .join(', ');
  const until = rule.to === undefined ? { sv: 'tills vidare', en: 'until further notice' } : { sv: `till och med ${rule.to}`, en: `through ${rule.to}` };
  const kind = RESPONSIBILITY_KIND_NAMES[rule.kind];
  return {
    sv: `${kind.sv} (${place('sv') || 'allt'}), från ${rule.from} ${until.sv}, enligt ${rule.basis}, id ${rule.rule}`,
    en: `${kind.en} (${place('en') || 'everything'}), from ${rule.from} ${until.en}, by ${rule.basis}, id ${rule.rule}`,
  };
};

export const overlapping = (other: ResponsibilityRule, register: Pick<Register, 'unit'>, pointer: string): Refusal => {
  const { sv, en } = described(other, register);
  return contradictory(
    'responsibility.overlap',
    {
      sv: `En annan regel av samma slag svarar redan för en del av detta: ${sv}. Ingen regel går före en annan: gör den mer allmänna snävare, avsluta en av dem, eller anteckna ansvaret som omtvistat.`,
      en: `Another rule of the kind answers for some of this already: ${en}. No rule outranks another: narrow the more general one, end one of them, or record the responsibility as disputed.`,
    },
    pointer,
  );
};

export const madeByAgreement = (): Refusal =>
  forbidden('responsibility.by-agreement', {
    sv: 'Regeln står i en överenskommelse och ändras när överenskommelsen gör det. Revidera eller säg upp den i stället.',
    en: 'The rule stands in an agreement, and changes when the agreement does. Revise or terminate that instead.',
  });

export const isWithdrawn = (): Refusal =>
  forbidden('responsibility.withdrawn', {
    sv: 'Regeln är återtagen och har aldrig gällt. Fastställ en ny regel i stället.',
    en: 'The rule has been withdrawn and never held. Set a new rule instead.',
  });

export const tooManyOverlaps = (most: number): Refusal =>
  contradictory(
    'responsibility.too-many-overlaps',
    {
      sv: `Fler än ${most} gällande regler svarar redan för delar av detta. Gör regeln snävare, eller avsluta dem som den ska ersätta.`,
      en: `More than ${most} standing rules answer for parts of this already. Narrow the rule, or end those that it is to replace.`,
    },
    '/match',
  );

export const reversed = (from: Day, to: Day, pointer: string): Refusal =>
  contradictory(
    'responsibility.period-reversed',
    {
      sv: `Perioden slutar ${to}, före sin första dag ${from}. Rätta någon av dagarna.`,
      en: `The period ends on ${to}, before its first day ${from}. Correct one of the days.`,
    },
    pointer,
  );
