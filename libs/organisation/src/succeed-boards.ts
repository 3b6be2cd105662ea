import { DayField, FreeText, Id, ListOf, ListOfIds } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, isBefore, type Day, type Decide, type Refusal } from '#libs/kernel';
import { BoardSucceeded, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import type { Organisation, RecordedSuccession, RegisteredOrganisation } from './organisation.js';
import { beganOn, boardOf, endOf, isBoard } from './successions.js';

/** What one unit had goes to another successor than the rest. */
export class SuccessionException {
  @Id('A unit of a board that ends, with what lies in it; or one of the boards.') unit!: string;
  @Id('The successor that takes over what it had.') to!: string;
}

/** A unit of a successor takes over what a unit of an old board had. */
export class UnitSuccession {
  @Id('A unit of a board that ends, with what lies in it.') from!: string;
  @Id('The unit of a successor that takes over what it had.') to!: string;
}

/** Boards end and others take over what they held, by a decision of kommunfullmäktige. May be recorded late, and in any order. */
export class SucceedBoards {
  @ListOfIds('The boards that end.', { min: 1, max: 30 }) from!: string[];
  @ListOfIds('The boards that take over.', { min: 1, max: 30 }) to!: string[];
  @DayField('The first day of the successors; acts dated before it are the old boards’.') on!: Day;
  @FreeText('The decision: who decided, when, in which paragraph.', { max: 200 }) decision!: string;
  @ListOfIds('Those of the successors that were there before the day.', { max: 30, optional: true }) existing?: string[];
  @Id('Of several successors the one that takes over what no exception names.', { optional: true }) default?: string;
  @ListOf(() => SuccessionException, { max: 200, optional: true }) exceptions?: SuccessionException[];
  @ListOf(() => UnitSuccession, { max: 200, optional: true }) units?: UnitSuccession[];
}

export const succeedBoards: Decide<SucceedBoards, Organisation, OrganisationEvent> = (command, organisation) => {
  assertRegistered(organisation);
  const succession = told(command);
  if (organisation.successions.some((known) => same(known, succession))) return [];
  assertBoards(organisation, command);
  assertAllotted(organisation, command);
  assertEnds(organisation, command);
  assertTakesOver(organisation, command);
  return [event(BoardSucceeded, succession)];
};

/** What is recorded: what is said of nothing is left out. */
const told = ({ from, to, on, decision, existing = [], default: rest, exceptions = [], units = [] }: SucceedBoards) => ({
  from: [...from],
  to: [...to],
  on,
  decision,
  ...(existing.length > 0 && { existing: [...existing] }),
  ...(rest !== undefined && { default: rest }),
  exceptions: exceptions.map(({ unit, to: board }) => ({ unit, to: board })),
  units: units.map((unit) => ({ from: unit.from, to: unit.to })),
});

type Recorded = Omit<RecordedSuccession, 'id'>;

const listed = (...texts: readonly string[]): string => texts.toSorted().join();

/** The same boards on the same day with the same allotment: the lists say the same in any order. */
const same = (one: Recorded, other: Recorded): boolean =>
  one.on === other.on &&
  one.decision === other.decision &&
  one.default === other.default &&
  (['from', 'to', 'existing'] as const).every((list) => listed(...(one[list] ?? [])) === listed(...(other[list] ?? []))) &&
  listed(...one.exceptions.map(({ unit, to }) => `${unit} ${to}`)) === listed(...other.exceptions.map(({ unit, to }) => `${unit} ${to}`)) &&
  listed(...one.units.map(({ from, to }) => `${from} ${to}`)) === listed(...other.units.map(({ from, to }) => `${from} ${to}`));

const assertBoards = (organisation: RegisteredOrganisation, { from, to, existing = [] }: SucceedBoards): void => {
  for (const [list, boards] of Object.entries({ from, to })) {
    if (boards.every((board) => isBoard(organisation, board))) continue;
    throw contradictory(
      'succession.board-unknown',
      {
        sv: 'En av nämnderna finns inte i registret, eller är ingen nämnd. Registrera den först, som nämnd, stadsdelsnämnd eller kommunstyrelse.',
        en: 'One of the boards is not in the register, or is no board. Register it first, as a board, district board or executive board.',
      },
      `/${list}`,
    );
  }
  if (from.some((board) => to.includes(board))) {
    throw contradictory(
      'succession.of-itself',
      {
        sv: 'En nämnd kan inte efterträda sig själv. Ange bara dem som upphör som gamla, och bara dem som tar över som nya.',
        en: 'A board cannot succeed itself. State only those that end as old, and only those that take over as new.',
      },
      '/to',
    );
  }
  if (existing.some((board) => !to.includes(board))) throw notASuccessor('/existing');
};

const notASuccessor = (pointer: string): Refusal =>
  contradictory(
    'succession.not-a-successor',
    {
      sv: 'Den nämnden är inte en av dem som tar över. Välj en av dem, eller lägg till den bland dem.',
      en: 'That board is not one of those that take over. Choose one of them, or add it to them.',
    },
    pointer,
  );

/** What every unit had goes to one successor, and it is said which. */
const assertAllotted = (organisation: RegisteredOrganisation, { from, to, default: rest, exceptions = [], units = [] }: SucceedBoards): void => {
  if (to.length > 1 && rest === undefined) {
    throw contradictory(
      'succession.no-default',
      {
        sv: 'När flera nämnder tar över måste en av dem anges som den som tar över allt som inget undantag nämner.',
        en: 'Where several boards take over, one of them has to be named that takes over whatever no exception names.',
      },
      '/default',
    );
  }
  if (rest !== undefined && !to.includes(rest)) throw notASuccessor('/default');
  exceptions.forEach((exception, index) => {
    if (!to.includes(exception.to)) throw notASuccessor(`/exceptions/${index}/to`);
    if (!from.includes(boardOf(organisation, exception.unit) ?? '')) throw elsewhere(`/exceptions/${index}/unit`);
  });
  units.forEach((unit, index) => {
    if (isBoard(organisation, unit.from) || !from.includes(boardOf(organisation, unit.from) ?? '')) throw elsewhere(`/units/${index}/from`);
    if (isBoard(organisation, unit.to) || !to.includes(boardOf(organisation, unit.to) ?? '')) throw elsewhere(`/units/${index}/to`);
  });
  assertOnce(
    exceptions.map(({ unit }) => unit),
    'exceptions',
  );
  assertOnce(
    units.map((unit) => unit.from),
    'units',
  );
  units.forEach((unit, index) => {
    const excepted = exceptions.find((exception) => exception.unit === unit.from);
    if (!excepted || excepted.to === boardOf(organisation, unit.to)) return;
    throw contradictory(
      'succession.unit-contradictory',
      {
        sv: 'Undantaget lämnar det enheten hade till en annan nämnd än den som enhetens efterträdare hör till. Ange samma nämnd, eller ta bort undantaget.',
        en: 'The exception gives what the unit had to another board than the one its successor lies in. Name the same board, or leave the exception out.',
      },
      `/units/${index}`,
    );
  });
};

const assertOnce = (units: readonly string[], list: string): void => {
  const twice = units.findIndex((unit, index) => units.indexOf(unit) !== index);
  if (twice < 0) return;
  throw contradictory(
    'succession.unit-twice',
    { sv: 'Enheten nämns två gånger. Ange en enda efterträdare för den.', en: 'The unit is named twice. State one successor of it only.' },
    `/${list}/${twice}`,
  );
};

const elsewhere = (pointer: string): Refusal =>
  contradictory(
    'succession.unit-elsewhere',
    {
      sv: 'Enheten hör inte till en av de nämnderna. De som upphör lämnar sina egna enheter, och de som tar över tar emot med sina.',
      en: 'The unit does not lie in one of those boards. Those that end hand over units of their own, and those that take over receive with theirs.',
    },
    pointer,
  );

/** A board ends once, and after it began. */
const assertEnds = (organisation: RegisteredOrganisation, { from, on }: SucceedBoards): void => {
  for (const board of from) {
    const name = organisation.units.get(board)?.name ?? board;
    const ended = endOf(organisation, board);
    if (ended) {
      const successors = ended.to.map((one) => organisation.units.get(one)?.name ?? one).join(', ');
      throw forbidden(
        'succession.board-ended',
        {
          sv: `${name} upphörde redan ${ended.on} och efterträddes av ${successors}. En nämnd upphör bara en gång.`,
          en: `${name} ended on ${ended.on} already, and was succeeded by ${successors}. A board ends only once.`,
        },
        '/from',
      );
    }
    const began = beganOn(organisation, board);
    if (began !== undefined && !isAfter(on, began)) {
      throw contradictory(
        'succession.before-it-began',
        {
          sv: `${name} finns först från ${began} och kan inte upphöra ${on}. Ange en senare dag.`,
          en: `${name} is there only from ${began} and cannot end on ${on}. State a later day.`,
        },
        '/on',
      );
    }
    const later = organisation.successions.find(({ to, on: took }) => to.includes(board) && !isBefore(took, on));
    if (later) {
      throw contradictory(
        'succession.takes-over-later',
        {
          sv: `${name} tar enligt registret över från en annan nämnd ${later.on} och kan inte upphöra ${on}. Kontrollera dagarna.`,
          en: `${name} takes over from another board on ${later.on} by the register, and cannot end on ${on}. Check the days.`,
        },
        '/on',
      );
    }
  }
};

/** A successor is there on the day and goes on after it; a new one comes to be on one day. */
const assertTakesOver = (organisation: RegisteredOrganisation, { to, on, existing = [] }: SucceedBoards): void => {
  for (const board of to) {
    const name = organisation.units.get(board)?.name ?? board;
    const ended = endOf(organisation, board);
    if (ended && !isAfter(ended.on, on)) {
      throw contradictory(
        'succession.successor-ended',
        {
          sv: `${name} upphörde ${ended.on} och kan inte ta över ${on}. Ange den nämnd som efterträdde den.`,
          en: `${name} ended on ${ended.on} and cannot take over on ${on}. Name the board that succeeded it.`,
        },
        '/to',
      );
    }
    const began = beganOn(organisation, board);
    if (existing.includes(board)) {
      if (began === undefined || isBefore(began, on)) continue;
      throw contradictory(
        'succession.successor-not-yet',
        {
          sv: `${name} finns först från ${began} och fanns alltså inte före ${on}. Kontrollera dagarna.`,
          en: `${name} is there only from ${began}, and so was not there before ${on}. Check the days.`,
        },
        '/existing',
      );
    }
    const earlier = organisation.successions.find(
      (known) => known.to.includes(board) && (known.existing?.includes(board) === true ? !isAfter(known.on, on) : known.on !== on),
    );
    if (!earlier) continue;
    throw contradictory(
      'succession.successor-there',
      {
        sv: `${name} finns redan, sedan den tar över ${earlier.on}. Är den inte ny ${on}, nämn den bland dem som fanns tidigare.`,
        en: `${name} is there already, since it takes over on ${earlier.on}. If it is not new on ${on}, name it among those that were there before.`,
      },
      '/to',
    );
  }
};
