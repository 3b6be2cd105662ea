export { MOST_COUNTED, SearchTrail, searchTrail, type TrailPage } from './search-trail.js';
export { positionAt, trailEntry, type TrailEntry } from './trail-entry.js';
export { trailView } from './trail.view.js';
export { labelled } from './labelled.js';
export { TrailMoments } from './trail-moments.js';
export { TrailModule } from './trail.module.js';
export { trailColumns, trailExample, TrailRow } from './trail.controller.js';
