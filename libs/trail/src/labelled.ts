import type { EventRegistry } from '#libs/kernel';
import type { TrailPage } from './search-trail.js';

/** A page of the trail as people read it: each entry with what it is called, and its facts as one text for files. */
export const labelled = ({ items, ...page }: TrailPage, registry: EventRegistry) => ({
  ...page,
  items: items.map((entry) => {
    const label = registry.label(entry);
    return { ...entry, position: entry.position.toString(), label, what: label.sv, facts: JSON.stringify(entry.data) };
  }),
});
