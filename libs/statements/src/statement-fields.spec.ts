import { expect, test } from '@jest/globals';
import { BadShape, Code, Id, read } from '#libs/fields';
import { StatementFields, WorkingValueFields } from './statement-fields.js';
import { inApril, thing } from './statement.samples.js';

class MakeStatement extends StatementFields {
  @Id('The thing.') thing!: string;
  @Code('What it is about.', ['handed-over-on'], 'SampleAbout') about!: 'handed-over-on';
}
class ChooseWorkingValue extends WorkingValueFields {
  @Id('The thing.') thing!: string;
}

const pointers = (value: object) => {
  try {
    read(MakeStatement, value);
  } catch (error) {
    if (error instanceof BadShape) return error.faults.map(({ pointer }) => pointer).toSorted();
  }
  return [];
};

test('a command that extends the fields takes its own and theirs', () => {
  expect(read(MakeStatement, { thing, ...inApril })).toEqual({ thing, ...inApril });
  expect(read(ChooseWorkingValue, { thing })).toEqual({ thing });
});

test('days that are no days, and empty words, are pointed at', () => {
  expect(pointers({ thing, ...inApril, value: ' ', on: { from: '2020-04-31' } })).toEqual(['/on/from', '/on/to', '/value']);
});
