import { describe, expect, test } from '@jest/globals';
import { derivedId, Refusal, type By } from '#libs/kernel';
import { ofBoard, ofTenant, ofUnit, reachOf, refuse, system, within, type Holdings } from './index.js';

const id = (name: string) => derivedId('spec', name);
const by = (role: string): By => ({ actor: id('somebody'), role, unit: id('Enheten') });
/** The asker's unit took over what a unit before it had; the board holds that, its other unit and a board before it. */
const holdings: Holdings = {
  unit: [id('Enheten'), id('Enheten som var')],
  board: [id('Nämnden'), id('Nämnden som var'), id('Grannenheten'), id('Enheten'), id('Enheten som var')],
};
const may = [ofUnit('case-officer'), ofBoard('process-owner'), ofTenant('auditor'), system];
const refused = (role: string, unit?: string, held: Holdings | undefined = holdings) =>
  refuse({ by: by(role), ...(held && { holdings: held }) }, may, unit === undefined ? undefined : id(unit))?.code;

describe.each([
  ['its own unit’s thing', 'Enheten', undefined, undefined],
  ['a thing of the unit before it', 'Enheten som var', undefined, undefined],
  ['a thing of another unit of the board', 'Grannenheten', 'thing.unknown', undefined],
  ['a thing of the board before it', 'Nämnden som var', 'thing.unknown', undefined],
  ['a thing of another board', 'Annan nämnd', 'thing.unknown', 'thing.unknown'],
])('%s', (_what, unit, ofTheUnit, ofTheBoard) => {
  test('is reached as the row of the role says', () => {
    expect([refused('case-officer', unit), refused('process-owner', unit), refused('auditor', unit), refused('system', unit)]).toEqual([
      ofTheUnit,
      ofTheBoard,
      undefined,
      undefined,
    ]);
  });
});

test('a role without a row is told so, whatever the thing is', () => {
  expect([refused('registrar', 'Enheten'), refused('registrar', 'Annan nämnd'), refused('registrar')]).toEqual(
    Array.from({ length: 3 }, () => 'role.not-allowed'),
  );
  expect(() => reachOf({ by: by('registrar') }, may)).toThrow(Refusal);
});

test('what does not exist yet may be begun by whoever has a row', () => {
  expect([refused('case-officer'), refused('process-owner')]).toEqual([undefined, undefined]);
});

test('a unit that a succession has ended begins nothing and reaches nothing: not its own things, nor what its people reached of the whole municipality', () => {
  const none = { unit: [], board: [] };
  const roles = ['case-officer', 'process-owner', 'auditor'];
  expect(roles.flatMap((role) => [refused(role, undefined, none), refused(role, 'Enheten', none)])).toEqual(Array.from({ length: 6 }, () => 'unit.succeeded'));
  expect(['case-officer', 'process-owner'].map((role) => reachOf({ by: by(role), holdings: none }, may))).toEqual([{ units: [] }, { units: [] }]);
  expect(() => reachOf({ by: by('auditor'), holdings: none }, may)).toThrow(expect.objectContaining({ code: 'unit.succeeded' }));
  expect(reachOf({ by: by('system'), holdings: none }, may)).toEqual({});
});

test('where nothing is said of holdings the unit is its own', () => {
  const asker = { by: by('case-officer') };
  expect(refuse(asker, may, id('Enheten'))).toBeUndefined();
  expect(refuse(asker, may, id('Enheten som var'))?.code).toBe('thing.unknown');
});

test('a list holds what the widest row of the role reaches', () => {
  const reach = (role: string, rows = may) => reachOf({ by: by(role), holdings }, rows);
  expect(reach('case-officer')).toEqual({ units: holdings.unit });
  expect(reach('process-owner')).toEqual({ units: holdings.board });
  expect(reach('process-owner', [ofUnit('process-owner'), ofBoard('process-owner')])).toEqual({ units: holdings.board });
  expect(reach('auditor')).toEqual({});
  expect([within(reach('case-officer'), id('Grannenheten')), within(reach('process-owner'), id('Grannenheten')), within({}, id('Annan nämnd'))]).toEqual([
    false,
    true,
    true,
  ]);
});
