import { isBefore, longDate, type Day } from '#libs/kernel';
import type { Statements } from '#libs/statements';
import type { Resting } from './answer.js';
import { saidOf } from './circumstances-shown.js';
import type { Municipality } from './city.js';
import { isCovered } from './coverage.js';
import { claimText, designatedText, placeOf } from './in-words.js';
import { holdsOn, valuesOn, type Values } from './match.js';
import { partiesOf } from './overlaps.js';
import {
  OUTCOME_NAMES,
  PROVISION_FORM_NAMES,
  PROVISION_FORMS,
  RESPONSIBILITY_KIND_NAMES,
  RESPONSIBILITY_KINDS,
  serviceName,
  type ProvisionForm,
  type ResponsibilityKind,
} from './responsibility.codes.js';
import type { Dispute } from './responsibility-rules.js';

/** One line of the statement: for what, who, and on what basis. */
export interface StatementLine {
  readonly kind: string;
  /** For which boards and units; *alla* where for any. */
  readonly place: string;
  readonly who: string;
  readonly basis: string;
  /** Nobody is designated, or it is disputed: what asks for something to be done. */
  readonly alarm: boolean;
}

/** The written statement of who follows up whom, of a day [002], in Swedish: what its HTML and its PDF say. */
export interface StatementDocument {
  readonly title: string;
  readonly municipality: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly intro: string;
  readonly sections: readonly { readonly service: string; readonly forms: readonly { readonly form: string; readonly lines: readonly StatementLine[] }[] }[];
  readonly circumstances: readonly { readonly title: string; readonly source: string; readonly says: readonly string[] }[];
}

/** Something that bears on it, as it stands. */
export interface CircumstanceStated {
  readonly title: string;
  readonly source: string;
  readonly statements: Statements;
}

/** What the statement is made of. */
export interface Stated {
  readonly rules: readonly Resting[];
  readonly disputes: readonly Dispute[];
  readonly circumstances: readonly CircumstanceStated[];
}

const dated = (day: Day): string => longDate(day).sv.replace(/^\S+ /, '');

/** A rule or dispute with its fields as they are on the day: they are read for every section that it may belong to. */
interface Here<T> {
  readonly thing: T;
  readonly values: Values;
}

const ofForm = (provisionForm: ProvisionForm, service: string | undefined, values: Values): boolean =>
  (values.provisionForm === undefined || values.provisionForm === provisionForm) && (values.service === undefined || values.service === service);

/** @param service only this one; all that a rule names, and the others together, where left out */
export const statementOf = (
  { rules, disputes, circumstances }: Stated,
  on: Day,
  city: Municipality,
  { service, recorded }: { readonly service?: string | undefined; readonly recorded: Day },
): StatementDocument => {
  const here = <T extends Pick<Resting, 'match'>>(things: readonly T[]): readonly Here<T>[] =>
    things.map((thing) => ({ thing, values: valuesOn(thing.match, on, city.holders) }));
  const holding = here(rules.filter((rule) => !rule.withdrawn && holdsOn(rule, on)));
  const open = here(disputes.filter(({ settledFrom }) => settledFrom === undefined || isBefore(on, settledFrom)));
  const named = [...new Set([...holding, ...open].flatMap(({ values }) => values.service ?? []))];
  const services = service === undefined ? named.toSorted(byName) : [service];
  const sections = [...services, ...(service === undefined ? [undefined] : [])].map((one) => ({
    service: one === undefined ? (services.length === 0 ? 'Alla insatser' : 'Övriga insatser') : serviceName(one).sv,
    forms: PROVISION_FORMS.map((form) => ({ form: PROVISION_FORM_NAMES[form].sv, lines: linesOf(form, one, holding, open, on, city) })),
  }));
  return {
    title: `Vem ansvarar för uppföljningen den ${dated(on)}`,
    municipality: city.name,
    facts: [
      ['Gäller', on],
      ['Enligt vad som var registrerat', recorded],
    ],
    intro:
      'Sammanställningen följer av gällande ansvarsregler. Nämnder och enheter anges som de finns den dagen. Ingen regel går före en annan: där ingen regel gäller är ingen utpekad, och där uppgifter strider mot varandra anges båda med sin källa.',
    sections,
    circumstances: circumstances.map(({ title, source, statements }) => ({
      title,
      source,
      says: Object.keys(statements)
        .toSorted()
        .map((about) => saidOf(statements, about)),
    })),
  };
};

const byName = (a: string, b: string): number => serviceName(a).sv.localeCompare(serviceName(b).sv, 'sv');

const linesOf = (
  provisionForm: ProvisionForm,
  service: string | undefined,
  holding: readonly Here<Resting>[],
  open: readonly Here<Dispute>[],
  on: Day,
  city: Municipality,
): readonly StatementLine[] => {
  const rules = holding.filter(({ values }) => ofForm(provisionForm, service, values));
  const disputes = open.filter(({ values }) => ofForm(provisionForm, service, values));
  return RESPONSIBILITY_KINDS.flatMap((kind) => {
    const own = rules.filter(({ thing }) => thing.kind === kind);
    const disputed = disputes.filter(({ thing }) => thing.kind === kind);
    const place = { provisionForm, ...(service !== undefined && { service }) };
    const free = disputed.filter(({ thing }) => isFree(thing) && holdsOn(thing, on));
    const covered = isCovered(
      place,
      [...own, ...free].map(({ values }) => values),
    );
    return [
      ...merged(kind, own, contradicted(own, disputed), on, city),
      ...free.map((dispute) => freeLine(kind, dispute, on, city)),
      ...(covered ? [] : [nobody(kind, own.length + free.length === 0 ? 'alla' : 'övriga')]),
    ];
  });
};

const nobody = (kind: ResponsibilityKind, place: string): StatementLine => ({
  kind: RESPONSIBILITY_KIND_NAMES[kind].sv,
  place,
  who: OUTCOME_NAMES['none-designated'].sv,
  basis: '',
  alarm: true,
});

/** The rules that another one contradicts on the day. */
const contradicted = (rules: readonly Here<Resting>[], disputes: readonly Here<Dispute>[]): ReadonlySet<string> => {
  const holding = new Set(rules.map(({ thing }) => thing.rule));
  return new Set(disputes.map(({ thing }) => partiesOf(thing).filter((rule) => holding.has(rule))).flatMap((parties) => (parties.length > 1 ? parties : [])));
};

/** Rules that say the same of several boards or units are one line. */
const merged = (
  kind: ResponsibilityKind,
  rules: readonly Here<Resting>[],
  disputed: ReadonlySet<string>,
  on: Day,
  city: Municipality,
): readonly StatementLine[] => {
  const lines = rules.map(({ thing, values }) => {
    const alarm = disputed.has(thing.rule);
    const who = designatedText(thing.answer, on, city);
    return {
      kind: RESPONSIBILITY_KIND_NAMES[kind].sv,
      place: placeOf(values, city),
      who: alarm ? `${OUTCOME_NAMES.disputed.sv}: ${who}` : who,
      basis: `${thing.basis}; från ${thing.from}${thing.to === undefined ? '' : ` till och med ${thing.to}`}`,
      alarm,
    };
  });
  const same = Map.groupBy(lines, ({ who, basis }) => JSON.stringify([who, basis]));
  return [...same.values()]
    .flatMap(([first, ...others]) => {
      if (!first) return [];
      const places = [...new Set([first, ...others].map(({ place }) => place))].toSorted((a, b) => a.localeCompare(b, 'sv'));
      return [{ ...first, place: places.join('; ') }];
    })
    .toSorted((a, b) => a.place.localeCompare(b.place, 'sv'));
};

/** Whether something is claimed without a rule. */
const isFree = ({ claims }: Dispute): boolean => claims.some(({ rule }) => rule === undefined);

/** What is claimed without a rule. */
const freeLine = (kind: ResponsibilityKind, { thing, values }: Here<Dispute>, on: Day, city: Municipality): StatementLine => {
  const free = thing.claims.filter(({ rule }) => rule === undefined);
  return {
    kind: RESPONSIBILITY_KIND_NAMES[kind].sv,
    place: placeOf(values, city),
    who: `${OUTCOME_NAMES.disputed.sv}: ${free.map((claim) => claimText(claim, on, city)).join(' – ')}`,
    basis: [...new Set(free.map(({ source = '' }) => source))].join('; '),
    alarm: true,
  };
};
