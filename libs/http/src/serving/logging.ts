import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Options } from 'pino-http';

/**
 * One line for each request, in JSON: method, path, status and time. No bodies, no parameters of addresses, no headers and no
 * addresses of people's machines: those hold, or are, personal data. Paths hold only ids. Of an error only what its stack says.
 */
export const requestLog = (level: string): Options => ({
  level,
  autoLogging: { ignore: ({ url }: IncomingMessage) => /^\/(?:health\/|metrics)/.test(url ?? '') },
  serializers: {
    req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({ id, method, path: url.split('?', 1)[0] }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    err: ({ type, message, stack }: { type?: string; message?: string; stack?: string }) => ({ type, message, stack }),
  },
  customLogLevel: (_request: IncomingMessage, { statusCode }: ServerResponse) => (statusCode >= 500 ? 'error' : 'info'),
});

export const logging = (level: string): DynamicModule => LoggerModule.forRoot({ pinoHttp: requestLog(level) });
