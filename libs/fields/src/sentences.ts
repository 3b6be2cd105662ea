import type { TValidationError } from 'typebox/error';
import type { Text } from '#libs/kernel';
import type { Fault } from './read.js';

const TYPES: Readonly<Record<string, Text>> = {
  object: { sv: 'Skriv ett JSON-objekt: {…}.', en: 'Write a JSON object: {…}.' },
  array: { sv: 'Skriv en lista: […].', en: 'Write a list: […].' },
  string: { sv: 'Skriv en text inom citattecken.', en: 'Write a text in quotation marks.' },
  integer: { sv: 'Skriv ett heltal.', en: 'Write a whole number.' },
  boolean: { sv: 'Skriv true eller false.', en: 'Write true or false.' },
};

/** By the names under which `kinds.ts` refines. */
const REFINED: Readonly<Record<string, Text>> = {
  id: { sv: 'Skriv ett UUID, som 0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b.', en: 'Write a UUID, such as 0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b.' },
  day: { sv: 'Skriv en dag i kalendern som ÅÅÅÅ-MM-DD, från 1900 till 2199.', en: 'Write a day of the calendar as YYYY-MM-DD, from 1900 to 2199.' },
  instant: {
    sv: 'Skriv datum, klockslag och tidszon, som 2026-02-16T08:00:00Z eller 2026-02-16T09:00:00+01:00.',
    en: 'Write date, time and offset, such as 2026-02-16T08:00:00Z or 2026-02-16T09:00:00+01:00.',
  },
  text: {
    sv: 'Texten har tecken som inte går att spara (U+0000 eller en halv surrogat).',
    en: 'The text has characters that cannot be kept (U+0000 or half a surrogate pair).',
  },
};

const FORMATS: Readonly<Record<string, string>> = { uuid: 'id', date: 'day', 'date-time': 'instant' };

const unknownField: Text = {
  sv: 'Här finns inget fält med det namnet. Ta bort det eller rätta namnet.',
  en: 'There is no field of that name here. Take it away or mend the name.',
};
const missing: Text = { sv: 'Fältet måste anges.', en: 'This field is required.' };
const empty: Text = { sv: 'Texten får inte vara tom.', en: 'The text must not be empty.' };
const twice: Text = { sv: 'Samma värde står två gånger.', en: 'The same value stands twice.' };
const sha256: Text = { sv: 'Skriv 64 hexadecimala tecken (SHA-256).', en: 'Write 64 hexadecimal digits (SHA-256).' };
const otherwise: Text = { sv: 'Värdet passar inte här.', en: 'This value does not fit here.' };

const plain = (fault: TValidationError): Text | undefined => {
  switch (fault.keyword) {
    case 'type':
      return TYPES[String(fault.params.type)] ?? otherwise;
    case '~refine':
      return REFINED[fault.params.message] ?? otherwise;
    case 'enum': {
      const codes = fault.params.allowedValues.join(', ');
      return { sv: `Skriv en av: ${codes}.`, en: `Write one of: ${codes}.` };
    }
    case 'minLength':
      return empty;
    case 'maxLength':
      return { sv: `Texten får ha högst ${fault.params.limit} tecken.`, en: `The text may have at most ${fault.params.limit} characters.` };
    case 'minItems':
      return { sv: `Listan ska ha minst ${fault.params.limit}.`, en: `The list must have at least ${fault.params.limit}.` };
    case 'maxItems':
      return { sv: `Listan får ha högst ${fault.params.limit}.`, en: `The list may have at most ${fault.params.limit}.` };
    case 'minimum':
      return { sv: `Talet ska vara minst ${fault.params.limit}.`, en: `The number must be at least ${fault.params.limit}.` };
    case 'maximum':
      return { sv: `Talet får vara högst ${fault.params.limit}.`, en: `The number may be at most ${fault.params.limit}.` };
    case 'uniqueItems':
      return twice;
    case 'pattern':
      return sha256;
    // What an unknown property answers at its own place; the object's own fault would say it a second time.
    case 'boolean':
      return unknownField;
    case 'additionalProperties':
      return undefined;
    case 'format':
      return REFINED[FORMATS[fault.params.format] ?? ''] ?? otherwise;
    default:
      return otherwise;
  }
};

/** A key as a step of a JSON pointer (RFC 6901). */
const step = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What the validator found, in sentences, one for each place. */
export const faultsOf = (found: readonly TValidationError[]): readonly Fault[] => {
  const faults = new Map<string, Fault>();
  const add = (pointer: string, detail: Text | undefined) => {
    if (detail && !faults.has(pointer)) faults.set(pointer, { pointer, detail });
  };
  for (const one of found) {
    if (one.keyword === 'required') for (const name of one.params.requiredProperties) add(one.instancePath + step(name), missing);
    else add(one.instancePath, plain(one));
  }
  return [...faults.values()];
};
