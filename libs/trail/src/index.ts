export { labelled } from './labelled.js';
export { Recorded } from './recorded.js';
export { SearchTrail, searchTrail } from './search-trail.js';
export { TrailMoments } from './trail-moments.js';
export { trailColumns, trailExample, TrailRow } from './trail.controller.js';
export { TrailModule } from './trail.module.js';
export { entryAt, trailEntry } from './trail-entry.js';
export { trailView } from './trail.view.js';
