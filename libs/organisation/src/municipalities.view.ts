import { col, rowView } from '#libs/views';
import { MunicipalityRegistered } from './organisation.events.js';

/** What the municipality is called: one row for each tenant. */
export const municipalities = rowView({
  name: 'municipalities',
  version: 1,
  columns: { name: col.text() },
  reads: [MunicipalityRegistered],
  keys: () => 'municipality',
  fold: (_row, { data: { name } }) => ({ name }),
});
