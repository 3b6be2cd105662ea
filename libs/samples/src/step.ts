/** One thing that somebody does in a case, over HTTP, and what should come of it. */
export interface Step {
  /** When: RFC 3339. Steps of several cases are merged by it. */
  readonly at: string;
  /** What happens, in a sentence. */
  readonly says: string;
  /** The sample person who does it. */
  readonly as: string;
  readonly call: `${'GET' | 'POST' | 'PUT'} /${string}`;
  readonly body?: object;
  /** A file to upload, instead of a body. */
  readonly file?: SampleFile;
  /** The status, and what the answer must hold: objects may hold more, lists are compared item by item. */
  readonly expect: { readonly status: number; readonly body?: unknown };
}

export interface SampleFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

/** Where an answer differs from what was expected, a line for each place; empty where it does not. */
export const differences = (expected: unknown, got: unknown, at = ''): string[] => {
  if (Array.isArray(expected) && Array.isArray(got)) {
    const length = expected.length === got.length ? [] : [`${at || '/'}: expected ${expected.length} items, got ${got.length}`];
    return [...length, ...expected.flatMap((item, index) => (index < got.length ? differences(item, got[index], `${at}/${index}`) : []))];
  }
  if (typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null) {
    return Object.entries(expected).flatMap(([key, value]) => differences(value, (got as Record<string, unknown>)[key], `${at}/${key}`));
  }
  return expected === got ? [] : [`${at || '/'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
};
