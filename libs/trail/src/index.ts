export { MOST_COUNTED, SearchTrail, searchTrail, type TrailPage } from './search-trail.js';
export { positionAt, trailEntry, type TrailEntry } from './trail-entry.js';
export { trailView } from './trail.view.js';
