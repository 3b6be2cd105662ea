import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isDay, isId, isInstant, type Text } from '#libs/kernel';

/** A check of class-validator, which carries what to write instead. */
export type Check = PropertyDecorator;

const by = (name: string, validate: (value: unknown) => boolean, context: Text): Check =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => context.en } }, { context });
const eachBy = (name: string, validate: (value: unknown) => boolean, context: Text): Check =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => context.en } }, { context, each: true });

const TEXT: Text = { sv: 'Skriv en text inom citattecken.', en: 'Write a text in quotation marks.' };
const LIST: Text = { sv: 'Skriv en lista: […].', en: 'Write a list: […].' };
/** What is said where an object is wanted. */
export const OBJECT: Text = { sv: 'Skriv ett JSON-objekt: {…}.', en: 'Write a JSON object: {…}.' };
const ID: Text = { sv: 'Skriv ett UUID, som 0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b.', en: 'Write a UUID, such as 0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b.' };
const oneOf = (codes: readonly string[]): Text => ({ sv: `Skriv en av: ${codes.join(', ')}.`, en: `Write one of: ${codes.join(', ')}.` });

/** A field that may be left out is held against its checks only where it is there; a `null` is there. */
export const mayBeAbsent: Check = ValidateIf((_, value) => value !== undefined);
export const isPresent: Check = by('isPresent', (value) => value !== undefined, { sv: 'Fältet måste anges.', en: 'This field is required.' });

const isText: Check = IsString({ context: TEXT });
export const isIdText: readonly Check[] = [isText, by('isId', isId, ID)];
const DAY: Text = {
  sv: 'Skriv en dag i kalendern som ÅÅÅÅ-MM-DD, från 1900 till 2199.',
  en: 'Write a day of the calendar as YYYY-MM-DD, from 1900 to 2199.',
};
export const isDayText: readonly Check[] = [isText, by('isDay', isDay, DAY)];
export const isInstantText: readonly Check[] = [
  isText,
  by('isInstant', isInstant, {
    sv: 'Skriv datum, klockslag och tidszon, som 2026-02-16T08:00:00Z eller 2026-02-16T09:00:00+01:00.',
    en: 'Write date, time and offset, such as 2026-02-16T08:00:00Z or 2026-02-16T09:00:00+01:00.',
  }),
];
const SHA_256 = /^[0-9a-f]{64}$/;
const HASH: Text = { sv: 'Skriv 64 hexadecimala tecken (SHA-256).', en: 'Write 64 hexadecimal digits (SHA-256).' };
export const isSha256: readonly Check[] = [isText, Matches(SHA_256, { context: HASH })];

const isKept = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed() && !value.includes('\0');

/** What a database and a reader can keep: not empty, no U+0000, no half of a surrogate pair. */
export const isFreeText = (max: number): readonly Check[] => [
  isText,
  MinLength(1, { context: { sv: 'Texten får inte vara tom.', en: 'The text must not be empty.' } }),
  MaxLength(max, { context: { sv: `Texten får ha högst ${max} tecken.`, en: `The text may have at most ${max} characters.` } }),
  by('isKept', isKept, {
    sv: 'Texten har tecken som inte går att spara (U+0000 eller en halv surrogat).',
    en: 'The text has characters that cannot be kept (U+0000 or half a surrogate pair).',
  }),
];

export const isCode = (codes: readonly string[]): readonly Check[] => [isText, IsIn(codes, { context: oneOf(codes) })];

export const isWhole = (min: number, max: number): readonly Check[] => [
  IsInt({ context: { sv: 'Skriv ett heltal.', en: 'Write a whole number.' } }),
  Min(min, { context: { sv: `Talet ska vara minst ${min}.`, en: `The number must be at least ${min}.` } }),
  Max(max, { context: { sv: `Talet får vara högst ${max}.`, en: `The number may be at most ${max}.` } }),
];

export const isYesOrNo: Check = IsBoolean({ context: { sv: 'Skriv true eller false.', en: 'Write true or false.' } });

/** How long a list may be. */
export interface Lengths {
  readonly min?: number;
  readonly max: number;
}

const isList = ({ min = 0, max }: Lengths): readonly Check[] => [
  IsArray({ context: LIST }),
  ArrayMinSize(min, { context: { sv: `Listan ska ha minst ${min}.`, en: `The list must have at least ${min}.` } }),
  ArrayMaxSize(max, { context: { sv: `Listan får ha högst ${max}.`, en: `The list may have at most ${max}.` } }),
];
const eachOnce = ArrayUnique({ context: { sv: 'Samma värde står två gånger.', en: 'The same value stands twice.' } });

export const isListOfCodes = (codes: readonly string[]): readonly Check[] => [
  ...isList({ max: codes.length }),
  eachOnce,
  IsIn(codes, { each: true, context: oneOf(codes) }),
];
export const isListOfIds = (lengths: Lengths): readonly Check[] => [...isList(lengths), eachOnce, eachBy('isId', isId, ID)];
export const isListOfDays = (lengths: Lengths): readonly Check[] => [...isList(lengths), eachOnce, eachBy('isDay', isDay, DAY)];
export const isListOfTexts = (lengths: Lengths & { readonly length: number }): readonly Check[] => [
  ...isList(lengths),
  eachOnce,
  eachBy('isKeptText', (value) => isKept(value) && value.length > 0 && value.length <= lengths.length, {
    sv: `Skriv texter på 1 till ${lengths.length} tecken.`,
    en: `Write texts of 1 to ${lengths.length} characters.`,
  }),
];
export const isListOfSha256 = (lengths: Lengths): readonly Check[] => [
  ...isList(lengths),
  eachOnce,
  eachBy('isSha256', (value) => typeof value === 'string' && SHA_256.test(value), HASH),
];

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isPart: readonly Check[] = [IsObject({ context: OBJECT }), ValidateNested()];
export const isListOfParts = (lengths: Lengths): readonly Check[] => [...isList(lengths), eachBy('isObject', isObject, OBJECT), ValidateNested({ each: true })];
