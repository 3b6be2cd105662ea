import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '#libs/settings';

/** Begins to serve. Nest's own also logs what is thrown here. */
export const listen = async (app: NestFastifyApplication, { host, port: asked }: Pick<Settings, 'host' | 'port'>): Promise<string> => {
  await app.getHttpAdapter().getInstance().listen({ port: asked, host });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};
