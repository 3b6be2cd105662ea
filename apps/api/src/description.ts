import { createHttpApp, descriptionText } from '#libs/http';
import { about } from './about.js';
import { ApiModule } from './api.module.js';
import type { Ground } from './ground.module.js';

/** Nothing is asked of the ground while the API is described: the description follows from the declarations alone. */
const NO_GROUND = { log: { id: '' } } as Ground;

/** The API as OpenAPI 3.1, as it is served at `/api/v1/openapi.json` and committed as `docs/openapi.json`. */
export const apiDescription = async (): Promise<string> => {
  const app = await createHttpApp(ApiModule.on({ ...NO_GROUND, people: {} as never, identities: {} as never }), { about, logLevel: 'silent' });
  try {
    return descriptionText(app, about);
  } finally {
    await app.close();
  }
};
