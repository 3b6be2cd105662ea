import type { Day } from '#libs/kernel';

/** What the API says of itself (Digg's REST API-profil 1.2.0, api-info). */
export interface About {
  /** `uppsikt-api`. */
  readonly name: string;
  readonly version: string;
  readonly released: Day;
  readonly status: 'active' | 'deprecated' | 'retired';
}

export const ABOUT = Symbol('About');
