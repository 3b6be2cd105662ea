/** A start that cannot succeed until somebody mends something. Its message is one sentence for the operator and says what to mend. */
export class StartError extends Error {
  override name = 'StartError';
}

/** The code of a system error (`EACCES`) or of PostgreSQL (`53100`); empty when there is none. */
export function codeOf(error: unknown): string {
  const code = partOf(error, 'code');
  return typeof code === 'string' ? code : '';
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * The one line that tells an operator why the start failed, or why a running instance had to end. The exit code is then 1.
 * @param told classes beside StartError whose message is such a line already.
 * @returns undefined for what nobody foresaw: that deserves its whole stack.
 */
export function startErrorLine(error: unknown, ...told: readonly ErrorClass[]): string | undefined {
  for (const known of [StartError, ...told]) if (error instanceof known) return error.message;
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${portOf(error)} on ${hostOf(error)} is taken by another program; stop that program, or set PORT to a free port.`;
    case 'EACCES':
      return portOf(error) ? `Port ${portOf(error)} is reserved for the system; set PORT to a number above 1023.` : undefined;
    case 'ERR_SOCKET_BAD_PORT':
      return 'PORT is not a port; set it to a number from 1 to 65535.';
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100': // disk_full of PostgreSQL
      return 'The disk is full; free some space and start again. Nothing that was acknowledged is lost.';
    default:
      return causesOf(error)
        .map((cause) => startErrorLine(cause, ...told))
        .find(Boolean);
  }
}

/** Only the errors of listening carry a port. */
function portOf(error: unknown): string {
  const port = partOf(error, 'port');
  return typeof port === 'number' ? String(port) : '';
}

function hostOf(error: unknown): string {
  const address = partOf(error, 'address');
  return typeof address === 'string' ? address : 'this machine';
}

function causesOf(error: unknown): unknown[] {
  const errors = partOf(error, 'errors'); // of an AggregateError
  return [partOf(error, 'cause'), ...(Array.isArray(errors) ? (errors as unknown[]) : [])].filter((cause) => cause !== undefined);
}

/** By shape, since an error may come from another realm, where it is an instance of nothing that is known here. */
function partOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}
