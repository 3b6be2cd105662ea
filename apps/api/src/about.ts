import type { About } from '#libs/http';
import type { Day } from '#libs/kernel';

/** What the API says of itself. The version is that of the API, not of the release. */
export const about: About = { name: 'uppsikt-api', version: '1.0.0', released: '2026-11-22' as Day, status: 'active' };
