import type { Fault } from '#libs/fields';
import type { Text } from '#libs/kernel';
import type { Language } from './language.js';

/** What is told of something that went wrong, before the asker's language is chosen. */
export interface Told {
  readonly status: number;
  /** Stable, `thing.reason` in lower case: programs rely on it. */
  readonly code: string;
  /** What is wrong and what to do about it. */
  readonly text: Text;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request refused before any command was sent: thrown anywhere on its way in. */
export class HttpRefused extends Error {
  override readonly name = 'HttpRefused';

  constructor(readonly told: Told) {
    super(`${told.status} ${told.code}: ${told.text.en}`);
  }
}

/** RFC 9457, with a code for programs and, for bodies, where each fault is. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The address that was asked, without its parameters: they may hold what people search for. */
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** An answer, ready to be sent; kept for a repeat as it is. */
export interface Ready {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TITLES: Readonly<Record<number, Text>> = {
  400: { sv: 'Begäran går inte att förstå', en: 'The request cannot be understood' },
  401: { sv: 'Inloggning krävs', en: 'Sign-in is required' },
  403: { sv: 'Inte tillåtet', en: 'Not allowed' },
  404: { sv: 'Finns inte', en: 'Not found' },
  405: { sv: 'Metoden finns inte här', en: 'Method not allowed' },
  409: { sv: 'Går inte i nuvarande läge', en: 'Not possible in its present state' },
  412: { sv: 'Ändrat sedan det lästes', en: 'Changed since it was read' },
  413: { sv: 'För stort', en: 'Too large' },
  414: { sv: 'För lång adress', en: 'Address too long' },
  415: { sv: 'Formatet stöds inte', en: 'Unsupported format' },
  422: { sv: 'Innehållet motsäger sig självt', en: 'The content contradicts itself' },
  428: { sv: 'Villkor krävs', en: 'A condition is required' },
  429: { sv: 'För många begäranden', en: 'Too many requests' },
  431: { sv: 'För stora huvuden', en: 'Headers too large' },
  500: { sv: 'Fel hos oss', en: 'A fault of ours' },
  503: { sv: 'Tillfälligt otillgängligt', en: 'Temporarily unavailable' },
};
const OTHER: Text = { sv: 'Begäran avvisades', en: 'The request was refused' };

/** A fault as `application/problem+json`, in one language. */
export const problemOf = ({ status, code, text, faults, headers }: Told, language: Language, instance: string): Ready => {
  const problem: Problem = {
    type: `/problems/${code}`,
    title: (TITLES[status] ?? OTHER)[language],
    status,
    detail: text[language],
    instance,
    code,
    ...(faults && { errors: faults.map(({ pointer, detail }) => ({ pointer, detail: detail[language] })) }),
  };
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language, ...headers },
    body: JSON.stringify(problem),
  };
};
