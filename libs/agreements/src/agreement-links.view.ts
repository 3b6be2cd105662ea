import { col, rowView } from '#libs/views';
import { AgreementLinked } from './agreement.events.js';

/** One row per agreement and action or obligation that led to it: the link of the chain, walkable both ways. */
export const agreementLinksView = rowView({
  name: 'agreement_links',
  version: 1,
  columns: {
    agreement: col.uuid(),
    /** The action or the obligation. */
    source: col.uuid(),
  },
  reads: [AgreementLinked],
  keys: ({ data: { agreement, actions = [], obligations = [] } }) => [...actions, ...obligations].map((source) => `${agreement}.${source}`),
  indexes: [['agreement'], ['source']],
  fold: (_row, { data: { agreement } }, key) => ({ agreement, source: key.slice(agreement.length + 1) }),
});
