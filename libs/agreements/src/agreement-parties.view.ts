import { never } from '#libs/kernel';
import { col, rowView } from '#libs/views';
import { AgreementNumberNoted, AgreementRegistered, VersionProposed } from './agreement.events.js';

/** A registry number without what people write differently: case and space. */
export const registryKey = (number: string): string => number.toLowerCase().replaceAll(/\s/g, '');

/** One row per agreement and board that is or was to be a party: with its own registry number for the matter. */
export const agreementPartiesView = rowView({
  name: 'agreement_parties',
  version: 1,
  columns: {
    agreement: col.uuid(),
    board: col.uuid(),
    registryNumber: col.optional(col.text()),
    registryKey: col.optional(col.text()),
    patternKnown: col.optional(col.bool()),
  },
  reads: [AgreementRegistered, AgreementNumberNoted, VersionProposed],
  keys: ({ type, data }) => {
    const of = (board: string): string => `${data.agreement}.${board}`;
    switch (type) {
      case 'AgreementRegistered':
        return data.parties.map(({ board }) => of(board));
      case 'AgreementNumberNoted':
        return of(data.board);
      case 'VersionProposed':
        return [...data.parties, ...(data.leaving ?? [])].map(of);
      default:
        return never(type);
    }
  },
  indexes: [['agreement'], ['board']],
  fold: (row, { type, data }, key) => {
    const { agreement } = data;
    const board = key.slice(agreement.length + 1);
    const numbered = ({ registryNumber, patternKnown }: { readonly registryNumber?: string; readonly patternKnown?: boolean }) => ({
      agreement,
      board,
      registryNumber: registryNumber ?? null,
      registryKey: registryNumber === undefined ? null : registryKey(registryNumber),
      patternKnown: patternKnown ?? null,
    });
    switch (type) {
      case 'AgreementRegistered':
        return numbered(data.parties.find((one) => one.board === board) ?? {});
      case 'AgreementNumberNoted':
        return numbered(data);
      case 'VersionProposed':
        return row ?? numbered({});
      default:
        return never(type);
    }
  },
});
