import type { Day } from '#libs/kernel';
import { ROLE_NAMES } from '#libs/organisation';
import type { City } from './answer.js';
import type { Municipality } from './city.js';
import { MATCH_FIELDS, type Values } from './match.js';
import { OUTCOME_NAMES, RELATIVE_BOARD_NAMES } from './responsibility.codes.js';
import type { DisputeData } from './responsibility.events.js';
import type { Designated } from './rule-fields.js';

type Names = Pick<Municipality, 'named'>;

const upper = (text: string): string => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);

const PLACES = { operatingBoard: 'bedrivs av', operatingUnit: 'enhet', contractingBoard: 'avtal tecknat av', grantingBoard: 'beviljat av' } as const;

/** For which boards and units a rule holds, in Swedish. */
export const placeOf = (values: Values, { named }: Names): string =>
  MATCH_FIELDS.flatMap((field) => {
    const value = values[field];
    return value === undefined || field === 'provisionForm' || field === 'service' ? [] : [`${PLACES[field]} ${named(value)}`];
  }).join(', ') || 'alla';

/** Whom a rule designates, with the boards and units as they are on a day, in Swedish. */
export const designatedText = (
  { who, board, performingUnit, performingRole, assistingUnits = [], districtsAssist }: Designated,
  on: Day,
  { named, holders }: Names & Pick<City, 'holders'>,
): string => {
  const now = (id: string) => named(holders(id, on));
  if (who === 'not-applicable') return OUTCOME_NAMES['not-applicable'].sv;
  const responsible = who === 'named' ? now(board ?? '') : upper(RELATIVE_BOARD_NAMES[who].sv);
  const helpers = [...(districtsAssist ? ['stadsdelsnämnderna'] : []), ...assistingUnits.map(now)].join(', ');
  return [
    responsible,
    performingRole === undefined ? undefined : `genom ${ROLE_NAMES[performingRole].sv}`,
    performingUnit === undefined ? undefined : `utförs av ${now(performingUnit)}`,
    helpers === '' ? undefined : `bistås av ${helpers}`,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
};

/** What is claimed, and where it stands, in Swedish. */
export const claimText = ({ text, answer, source = '' }: DisputeData['claims'][number], on: Day, city: Names & Pick<City, 'holders'>): string =>
  `${[answer && designatedText(answer, on, city), text].filter((part) => part !== undefined).join(': ')} (${source})`;
