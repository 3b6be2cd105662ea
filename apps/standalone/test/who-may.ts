import { hash } from 'node:crypto';
import { ROLES } from '#libs/organisation';
import { municipalities, sampleId } from '#libs/samples';

/** How far a role reaches: what its own unit handles, what its board does, or the whole municipality. */
export type Scope = 'unit' | 'board' | 'tenant';
export type Role = (typeof municipalities)[number]['people'][number]['role'];
export type Row = Partial<Record<Role, Scope>>;

const officer: Row = { 'case-officer': 'unit' };
const officerOrManager: Row = { ...officer, 'unit-manager': 'unit' };
const readers: Row = { ...officerOrManager, 'process-owner': 'tenant' };
const administrator: Row = { administrator: 'tenant' };
const everyone: Row = Object.fromEntries(ROLES.map((role) => [role, 'tenant']));

/** Everybody reads what their own board stored; whoever examines all boards reads everything. */
const everyBoard: Row = { ...Object.fromEntries(ROLES.map((role) => [role, 'board'])), overseer: 'tenant', auditor: 'tenant', 'audit-officer': 'tenant' };

/** Who may what, by operation, written down a second time: a route that is not here fails the test. `anyone` need not sign in. */
export const WHO_MAY: Readonly<Record<string, Row | 'anyone'>> = {
  apiInfo: 'anyone',
  samplePeople: 'anyone',
  sendServiceOrder: officer,
  receiveGenomforandeplan: officerOrManager,
  reviewGenomforandeplan: officer,
  noteContact: officerOrManager,
  returnGenomforandeplan: officer,
  approveGenomforandeplan: officer,
  correctSentDay: officerOrManager,
  correctReceivedDay: officerOrManager,
  correctAwaitedDay: officerOrManager,
  correctEndedDay: officerOrManager,
  correctProvider: officerOrManager,
  correctGoal: officerOrManager,
  cancelServiceOrder: officerOrManager,
  endServiceOrder: officerOrManager,
  orderById: officerOrManager,
  orderHistory: readers,
  awaitedPlans: readers,
  listReminders: {
    ...readers,
    'department-head': 'board',
    'head-of-administration': 'board',
    'board-secretary': 'board',
    overseer: 'tenant',
    auditor: 'tenant',
    'audit-officer': 'tenant',
    administrator: 'tenant',
  },
  searchTrail: { auditor: 'tenant', 'process-owner': 'tenant' },
  storeDocument: everyone,
  listDocuments: everyBoard,
  documentByHash: everyBoard,
  listUnits: everyone,
  listProviders: everyone,
  listRoleHolders: everyone,
  listDeadlineRules: everyone,
  setDeadlineRule: administrator,
  listSuccessions: everyone,
  listUnheldDuties: everyone,
  listRegistryPatterns: everyone,
  registerUnit: administrator,
  succeedBoards: administrator,
  withdrawSuccession: administrator,
  registerRegistryPattern: administrator,
  registerProvider: administrator,
  registerPerson: administrator,
  assignRole: administrator,
  endRole: administrator,
};

/** Something that belongs to a municipality, and where `unit` is there to one of its units. */
export interface Thing {
  readonly tenant: string;
  readonly id: string;
  readonly unit?: string;
}
export interface Person extends Required<Thing> {
  readonly key: string;
  readonly role: Role;
}

/** Everybody of both municipalities. */
export const people: readonly Person[] = municipalities.flatMap(({ tenant, people: staff }) =>
  staff.map(({ key, role, unit }) => ({ tenant, key, role, unit: sampleId('unit', unit), id: sampleId('person', key) })),
);

const thing = (tenant: string, kind: string, key: string, unit?: string): Thing => ({
  tenant,
  id: sampleId(kind, key),
  ...(unit !== undefined && { unit: sampleId('unit', unit) }),
});

/** No sample: the spec has it made, since a third unit is needed that handles something. */
export const ofNorrmalm = thing('stockholm', 'order', 'på Norrmalm', 'norrmalm-lss');
const orders = [thing('stockholm', 'order', 'aldrig', 'ostermalm-lss'), ofNorrmalm, thing('tyreso', 'order', 'tyresö', 'aso-lss')];

/** No samples: the spec has them stored, each by somebody of its unit. */
export const documents = (
  [
    ['ostermalm-officer', 'stockholm', 'ostermalm-lss'],
    ['norrmalm-officer', 'stockholm', 'norrmalm-lss'],
    ['tyreso-officer', 'tyreso', 'aso-lss'],
  ] as const
).map(([by, tenant, unit]) => {
  const text = `Protokoll, ${unit}`;
  return { by, text, tenant, unit: sampleId('unit', unit), id: hash('sha256', text, 'hex') };
});

/** What the parameters of addresses name: something of every municipality, and of every unit that handles such things. */
export const THINGS: Readonly<Record<string, readonly Thing[]>> = {
  order: orders,
  orderId: orders,
  sha256: documents,
  unit: [
    thing('stockholm', 'unit', 'ostermalm-lss', 'ostermalm-lss'),
    thing('stockholm', 'unit', 'norrmalm-lss', 'norrmalm-lss'),
    thing('tyreso', 'unit', 'aso-lss', 'aso-lss'),
  ],
  provider: [thing('stockholm', 'provider', 'fritids'), thing('tyreso', 'provider', 'ang')],
  person: [thing('stockholm', 'person', 'ostermalm-officer'), thing('tyreso', 'person', 'tyreso-officer')],
};

/** The unit at the top of the tree in which a unit stands: its board, where it lies in one. */
const topOf = new Map(
  municipalities.flatMap(({ units }) => {
    const above = new Map(units.map(({ key, partOf }) => [key, partOf]));
    const top = (key: string): string => {
      const next = above.get(key);
      return next === undefined ? key : top(next);
    };
    return units.map(({ key }) => [sampleId('unit', key), sampleId('unit', top(key))] as const);
  }),
);

/** Whether somebody's role reaches a thing; undefined where the role is not among those that may. */
export const reaches = (row: Row, { role, tenant, unit }: Person, { tenant: itsTenant, unit: itsUnit = unit }: Thing): boolean | undefined => {
  const scope = row[role];
  if (scope === undefined) return undefined;
  const inReach = { tenant: true, board: topOf.get(itsUnit) === topOf.get(unit), unit: itsUnit === unit };
  return itsTenant === tenant && inReach[scope];
};
