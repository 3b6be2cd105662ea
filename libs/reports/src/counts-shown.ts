import { Type } from 'typebox';
import { obligationCountFields } from '#libs/audits';
import { DayType, IdType, type Text } from '#libs/kernel';

const row = {
  board: IdType('The board that holds them on the day.'),
  name: Type.String(),
  ...obligationCountFields,
};

export const BoardCountsAnswer = Type.Object({ ...row, on: DayType('The day that holders and lateness are reckoned on.') });
export const CountsRow = Type.Object(row);

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const countColumns = {
  name: name('Nämnd', 'Board'),
  received: name('Mottagna', 'Received'),
  implemented: name('Genomförda', 'Implemented'),
  open: name('Öppna', 'Open'),
  pastPromisedDay: name('Efter utlovad dag', 'Past the promised day'),
  pastLastDay: name('Efter sista dag', 'Past the last day'),
  undated: name('Utan dag', 'Undated'),
  settled: name('Bedömda men öppna', 'Judged, yet open'),
  withdrawn: name('Återtagna av revisorerna', 'Withdrawn by the auditors'),
};

export const countsExample = {
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  name: 'Norra innerstadens stadsdelsnämnd',
  received: 12,
  implemented: 5,
  open: 7,
  pastPromisedDay: 2,
  pastLastDay: 1,
  undated: 3,
  settled: 1,
  withdrawn: 0,
};
export const boardCountsExample = { ...countsExample, on: '2023-09-01' };
