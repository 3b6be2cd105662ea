import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * One line for each request, in JSON: method, path, status and time. No bodies, no parameters of addresses, no headers and no
 * addresses of people's machines: those hold, or are, personal data. Paths hold only ids.
 */
export const logging = (level: string): DynamicModule =>
  LoggerModule.forRoot({
    pinoHttp: {
      level,
      autoLogging: { ignore: ({ url }: IncomingMessage) => /^\/(?:health\/|metrics)/.test(url ?? '') },
      serializers: {
        req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({ id, method, path: url.split('?', 1)[0] }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
        err: ({ type, message, stack }: { type?: string; message?: string; stack?: string }) => ({ type, message, stack }),
      },
      customLogLevel: (_request: IncomingMessage, { statusCode }: ServerResponse) => (statusCode >= 500 ? 'error' : 'info'),
    },
  });
