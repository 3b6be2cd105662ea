import { Type } from 'typebox';
import { ListQuery } from '#libs/fields';
import { IdType } from '#libs/kernel';
import { col, rowView, sql, type Read } from '#libs/views';
import { ProviderRegistered } from './organisation.events.js';

/** The providers that a municipality knows, by id. */
export const providers = rowView({
  name: 'providers',
  version: 1,
  columns: { provider: col.uuid(), name: col.text() },
  reads: [ProviderRegistered],
  keys: ({ data }) => data.provider,
  fold: (_row, { data: { provider, name } }) => ({ provider, name }),
});

/** The providers, by name. */
export class ListProviders extends ListQuery {}

export const ProviderRow = Type.Object({ provider: IdType('The provider.'), name: Type.String() });

export const listProviders = async (read: Read, { limit, offset }: ListProviders) => {
  const { rows, total } = await read.list(providers, { order: sql`name collate "sv-SE-x-icu", key`, limit, offset });
  return { total, items: rows.map(({ provider, name }) => ({ provider, name })) };
};
