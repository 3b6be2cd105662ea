import { describe, expect, test } from '@jest/globals';
import type { Day, Instant } from '#libs/kernel';
import {
  BadShape,
  Bool,
  Code,
  DayField,
  FreeText,
  fromParameters,
  Id,
  InstantField,
  Int,
  ListOf,
  ListOfCodes,
  ListOfDays,
  ListOfIds,
  ListOfSha256,
  ListOfTexts,
  ListQuery,
  Nested,
  nameOf,
  read,
  schemaOf,
  Sha256,
} from './index.js';

class DocumentRef {
  @Sha256('Of the document.') sha256!: string;
  @FreeText('Where it lies.', { max: 20, optional: true }) reference?: string;
}

class Everything {
  @Id('The order.') orderId!: string;
  @DayField('The day.', { optional: true }) on?: Day;
  @InstantField('The moment.', { optional: true }) at?: Instant;
  @Code('How it came.', ['post', 'letterbox'], 'Arrival', { optional: true }) arrival?: 'post' | 'letterbox';
  @ListOfCodes('Which.', ['a', 'b'], 'Letter', { optional: true }) letters?: readonly ('a' | 'b')[];
  @FreeText('A note.', { max: 10, optional: true }) note?: string;
  @Int('How many.', { min: 1, max: 5, optional: true }) count?: number;
  @Bool('Whether.', { optional: true }) sure?: boolean;
  @Nested(() => DocumentRef, { optional: true }) document?: DocumentRef;
  @ListOf(() => DocumentRef, { max: 2, optional: true }) documents?: readonly DocumentRef[];
  @ListOfIds('Some.', { min: 1, max: 2, optional: true }) ids?: readonly string[];
  @ListOfDays('Some.', { min: 1, max: 2, optional: true }) days?: readonly Day[];
  @ListOfSha256('Some.', { min: 1, max: 2, optional: true }) hashes?: readonly string[];
  @ListOfTexts('Some.', { max: 2, length: 5, optional: true }) texts?: readonly string[];
}

class SendGenomförandeplan extends Everything {
  @Int('Which.', { default: 1 }) version = 1;
}

const orderId = 'b7a2f0f4-6f0b-4d53-9a6d-3a6a3f1f6f4e';
const sha256 = 'ab'.repeat(32);

const faults = (value: unknown, shape: new () => object = Everything) => {
  try {
    read(shape, value);
  } catch (error) {
    if (error instanceof BadShape) return error.faults.map(({ pointer, detail }) => [pointer, detail.en]);
    throw error;
  }
  return [];
};

test('what has its shape becomes an instance of the class, the absent left out and defaults filled in', () => {
  const made = read(SendGenomförandeplan, { orderId, on: '2020-02-29', document: { sha256 } });
  expect(made).toBeInstanceOf(SendGenomförandeplan);
  expect(made).toEqual({ orderId, on: '2020-02-29', document: { sha256 }, version: 1 });
});

describe('what people write in several ways is kept in one', () => {
  test.each([
    ['an id in capitals', { orderId: orderId.toUpperCase() }, { orderId }],
    ['a hash in capitals', { orderId, document: { sha256: sha256.toUpperCase() } }, { orderId, document: { sha256 } }],
    ['an instant with an offset', { orderId, at: '2026-02-16T09:00:00+01:00' }, { orderId, at: '2026-02-16T08:00:00.000Z' }],
    ['a text with space around it, its ö in two parts', { orderId, note: ' fo\u0308r \n' }, { orderId, note: 'f\u00f6r' }],
    ['ids of a list in capitals', { orderId, ids: [orderId.toUpperCase()] }, { orderId, ids: [orderId] }],
    ['texts of a list with space around them', { orderId, texts: [' 5/20 '] }, { orderId, texts: ['5/20'] }],
    ['hashes of a list in capitals', { orderId, hashes: [sha256.toUpperCase()] }, { orderId, hashes: [sha256] }],
  ])('%s', (_sentence, value, kept) => {
    expect(read(Everything, value)).toEqual(kept);
  });
});

describe('each fault is told with where it is and what to write', () => {
  test.each<[string, unknown, [string, string]]>([
    ['no object', null, ['', 'Write a JSON object']],
    ['a list for an object', [], ['', 'Write a JSON object']],
    ['a required field that is absent', {}, ['/orderId', 'required']],
    ['a required field that is null', { orderId: null }, ['/orderId', 'Write a text']],
    ['an optional field that is null', { orderId, note: null }, ['/note', 'Write a text']],
    ['an unknown field, its name escaped in the pointer', { orderId, 'a/~b': 1 }, ['/a~1~0b', 'no field of that name']],
    ['an unknown field of a part', { orderId, document: { sha256, x: 1 } }, ['/document/x', 'no field of that name']],
    ['a field called as every object has one', { orderId, constructor: 1 }, ['/constructor', 'no field of that name']],
    ['an id that is none', { orderId: 'order-1' }, ['/orderId', 'Write a UUID']],
    ['an id of no known version', { orderId: 'b7a2f0f4-6f0b-0d53-9a6d-3a6a3f1f6f4e' }, ['/orderId', 'Write a UUID']],
    ['a day that is not in the calendar', { orderId, on: '2021-02-29' }, ['/on', 'YYYY-MM-DD']],
    ['a day beyond what is reckoned with', { orderId, on: '2200-01-01' }, ['/on', 'YYYY-MM-DD']],
    ['an instant for a day', { orderId, on: '2026-02-16T08:00:00Z' }, ['/on', 'YYYY-MM-DD']],
    ['an instant without an offset', { orderId, at: '2026-02-16T08:00:00' }, ['/at', 'offset']],
    ['a leap second', { orderId, at: '2016-12-31T23:59:60Z' }, ['/at', 'offset']],
    ['a code that is none of them', { orderId, arrival: 'mail' }, ['/arrival', 'Write one of: post, letterbox.']],
    ['a code twice', { orderId, letters: ['a', 'a'] }, ['/letters', 'twice']],
    ['an empty text', { orderId, note: ' \n ' }, ['/note', 'must not be empty']],
    ['a text that is too long', { orderId, note: 'x'.repeat(11) }, ['/note', 'at most 10 characters']],
    ['U+0000 in a text', { orderId, note: 'a\u0000b' }, ['/note', 'cannot be kept']],
    ['half a surrogate pair in a text', { orderId, note: 'a\ud800b' }, ['/note', 'cannot be kept']],
    ['a number for a text', { orderId, note: 1 }, ['/note', 'Write a text']],
    ['a text for a number', { orderId, count: '1' }, ['/count', 'whole number']],
    ['half a number', { orderId, count: 1.5 }, ['/count', 'whole number']],
    ['a number that is too small', { orderId, count: 0 }, ['/count', 'at least 1']],
    ['a number that is too large', { orderId, count: 6 }, ['/count', 'at most 5']],
    ['a text for a yes', { orderId, sure: 'true' }, ['/sure', 'true or false']],
    ['a list for a part', { orderId, document: [{ sha256 }] }, ['/document', 'Write a JSON object']],
    ['a part for a list', { orderId, documents: { sha256 } }, ['/documents', 'Write a list']],
    ['a fault in an item of a list', { orderId, documents: [{ sha256 }, { sha256: 'x' }] }, ['/documents/1/sha256', '64 hexadecimal']],
    ['a day of a list that is none', { orderId, days: ['2021-02-29'] }, ['/days', 'YYYY-MM-DD']],
    ['a day twice', { orderId, days: ['2021-02-28', '2021-02-28'] }, ['/days', 'twice']],
    ['a text of a list that is too long', { orderId, texts: ['a', 'abcdef'] }, ['/texts', '1 to 5 characters']],
    ['a text of a list that is empty', { orderId, texts: [' '] }, ['/texts', '1 to 5 characters']],
    ['a text of a list that cannot be kept', { orderId, texts: ['\0'] }, ['/texts', '1 to 5 characters']],
    ['a text twice, with space around it', { orderId, texts: ['a', 'a '] }, ['/texts', 'twice']],
    ['a hash of a list that is none', { orderId, hashes: ['x'] }, ['/hashes', '64 hexadecimal']],
    ['a hash twice, in capitals', { orderId, hashes: [sha256, sha256.toUpperCase()] }, ['/hashes', 'twice']],
    ['an item that is null', { orderId, documents: [null] }, ['/documents/0', 'Write a JSON object']],
    ['too many items', { orderId, documents: [{ sha256 }, { sha256 }, { sha256 }] }, ['/documents', 'at most 2']],
    ['too few ids', { orderId, ids: [] }, ['/ids', 'at least 1']],
    ['the same id twice, once in capitals', { orderId, ids: [orderId, orderId.toUpperCase()] }, ['/ids', 'twice']],
  ])('%s', (_sentence, value, [pointer, text]) => {
    expect(faults(value)).toEqual([[pointer, expect.stringContaining(text)]]);
  });

  test('several at once, each once', () => {
    const at = faults({ on: 'x', count: 'y' }).map(([pointer]) => pointer);
    expect(new Set(at)).toEqual(new Set(['/count', '/on', '/orderId']));
    expect(at).toHaveLength(3);
  });

  test('a body that plants __proto__ adds nothing to the class and is refused', () => {
    expect(faults(JSON.parse(`{"orderId":"${orderId}","__proto__":{"admin":true}}`)).map(([pointer]) => pointer)).toEqual(['/__proto__']);
  });

  test('of a long list of faults the first few', () => {
    expect(faults(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x${n}`, n]))).length).toBeLessThan(20);
  });
});

describe('parameters of an address', () => {
  test('numbers, yes and no, and lists are read from their text', () => {
    const made = read(Everything, fromParameters(Everything, { orderId, count: '3', sure: 'false', ids: orderId }));
    expect(made).toEqual({ orderId, count: 3, sure: false, ids: [orderId] });
  });

  test.each([
    ['a number with a tail', { limit: '20x' }, '/limit'],
    ['an empty number', { limit: '' }, '/limit'],
    ['more than a page', { limit: '201' }, '/limit'],
    ['a negative offset', { offset: '-1' }, '/offset'],
    ['a parameter given twice', { asOf: ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'] }, '/asOf'],
    ['an unknown parameter', { page: '2' }, '/page'],
  ])('%s is refused', (_sentence, parameters, pointer) => {
    expect(faults(fromParameters(ListQuery, parameters), ListQuery).map(([at]) => at)).toEqual([pointer]);
  });

  test('a list says nothing and gets the first twenty', () => {
    expect(read(ListQuery, {})).toEqual({ limit: 20, offset: 0 });
  });
});

test('a shape is named in ASCII in the API description, and holds the fields it inherits', () => {
  const schema = schemaOf(SendGenomförandeplan);
  expect(nameOf(schema)).toBe('SendGenomforandeplan');
  expect(Object.keys(schema.properties)).toContain('orderId');
  expect(schema.required).toEqual(['orderId']);
  expect(JSON.parse(JSON.stringify(schema))).toMatchObject({
    additionalProperties: false,
    properties: { on: { type: 'string', format: 'date', description: 'The day.' } },
  });
});
