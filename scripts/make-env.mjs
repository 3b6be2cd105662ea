// Makes what docker-compose.yml needs and nobody should choose: every password (.env), the key file, the certificates (secrets/).
// Plain Node 20 or later, so that it runs before anything is installed. What is there already stays as it is.
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newAuthority, newCertificate } from './certificates.mjs';

const USAGE = 'Usage: node scripts/make-env.mjs [--log eventstoredb|cluster|postgres] [--host uppsikt.localhost] [--port 8443] [--folder .] [--renew]';
const LOGS = {
  eventstoredb: { profile: ['eventstoredb'], log: 'eventstoredb', nodes: 'eventstoredb:2113' },
  cluster: { profile: ['cluster'], log: 'eventstoredb', nodes: 'eventstoredb1:2113,eventstoredb2:2113,eventstoredb3:2113' },
  postgres: { profile: [], log: 'postgres', nodes: '' },
};
const AUTHORITY = 'Uppsikt inside authority';
const AUTHORITY_DAYS = 3650;
/** The longest that browsers believe. Renewed by --renew. */
const CERTIFICATE_DAYS = 820;
/** Made by root, the files belong to a group that nobody else is in. */
const GROUP_OF_ROOT = 10_001;

const fail = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const text = (fallback) => ({ type: 'string', default: fallback });
const options = () => {
  const known = {
    log: text('eventstoredb'),
    host: text('uppsikt.localhost'),
    port: text('8443'),
    folder: text('.'),
    renew: { type: 'boolean', default: false },
  };
  try {
    const { values } = parseArgs({ options: known });
    if (!Object.hasOwn(LOGS, values.log)) throw new Error(`--log is ${JSON.stringify(values.log)}; it must be one of ${Object.keys(LOGS).join(', ')}.`);
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(values.host)) throw new Error(`--host is ${JSON.stringify(values.host)}; it must be the name of a host.`);
    if (!/^[1-9]\d{0,4}$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port is ${JSON.stringify(values.port)}; it must be a number up to 65535.`);
    return values;
  } catch (error) {
    return fail(`${error.message}\n${USAGE}`);
  }
};

const { log: where, folder, renew, ...rest } = options();
const [host, port] = [String(rest.host), String(rest.port)];
const [env, secrets] = [join(folder, '.env'), join(folder, 'secrets')];
const isRoot = process.getuid?.() === 0;
const group = isRoot ? GROUP_OF_ROOT : (process.getgid?.() ?? GROUP_OF_ROOT);
const made = [];

/** Containers read it through the group, each as a user of its own; nobody else does. */
const FOR_CONTAINERS = 0o640;
const OWNER_ALONE = 0o600;

const write = (name, content, mode, flag = 'wx') => {
  const path = join(secrets, name);
  writeFileSync(path, content, { mode, flag, flush: true });
  chmodSync(path, mode); // whatever the umask took away
  if (isRoot) chownSync(path, 0, mode === FOR_CONTAINERS ? group : 0);
  made.push(path);
};

const certify = (authority, file, subject, names, flag = 'wx') => {
  const { certificate, keyPem } = newCertificate(authority, { subject, names, days: CERTIFICATE_DAYS });
  write(`${file}.crt`, certificate, FOR_CONTAINERS, flag);
  write(`${file}.key`, keyPem, FOR_CONTAINERS, flag);
};
/** Nodes know each other by the subject that they have in common, and clients know them by their names. */
const NODES = ['eventstoredb', 'eventstoredb-node', ['eventstoredb', 'eventstoredb1', 'eventstoredb2', 'eventstoredb3', 'localhost', '127.0.0.1']];

if (renew) {
  try {
    const [authority, proxy] = ['ca.crt', 'proxy.crt'].map((name) => new X509Certificate(readFileSync(join(secrets, name))));
    const key = createPrivateKey(readFileSync(join(secrets, 'ca.key')));
    const issuer = { name: AUTHORITY, spki: authority.publicKey.export({ type: 'spki', format: 'der' }), key };
    certify(issuer, ...NODES, 'w');
    const ours = proxy.checkIssued(authority); // one that was put in its place is renewed where it came from
    if (ours) certify(issuer, 'proxy', proxy.subject.replace('CN=', ''), proxy.subjectAltName.match(/(?<=DNS:)[^,]+/g), 'w');
  } catch (error) {
    fail(`The certificates in ${secrets} cannot be renewed: ${error.message}. It takes ca.crt, ca.key and proxy.crt as they were made.`);
  }
} else {
  for (const path of [env, secrets])
    if (existsSync(path)) fail(`${path} is there already, and stays as it is: what was sealed and stored with it opens with nothing else.`);
  try {
    mkdirSync(secrets, { mode: 0o700 });
    // As readKeyFile of libs/vault reads it.
    write('key', `${randomBytes(32).toString('base64')}\n`, FOR_CONTAINERS);
    const authority = newAuthority(AUTHORITY, AUTHORITY_DAYS);
    write('ca.crt', authority.certificate, FOR_CONTAINERS);
    write('ca.key', authority.keyPem, OWNER_ALONE);
    certify(authority, ...NODES);
    certify(authority, 'proxy', host, [host]);
    const redis = password();
    write('redis.conf', `requirepass ${redis}\n`, FOR_CONTAINERS);
    writeFileSync(env, environment(redis), { mode: OWNER_ALONE, flag: 'wx', flush: true });
    made.push(env);
  } catch (error) {
    fail(
      `Nothing may be missing, and something could not be made: ${error.message}. Mend it, remove what was made (${made.join(', ') || 'nothing'}), and try again.`,
    );
  }
}

process.stdout.write(`Made, and shown to nobody: ${made.join(', ')}\n`);
if (!renew) process.stdout.write(`Keep a copy of ${join(secrets, 'key')} apart from every backup: without it nobody can read the personal parts.\n`);

/** In hexadecimal, so that it stands in addresses, files and command lines as it is. */
function password() {
  return randomBytes(24).toString('hex');
}

function environment(redis) {
  const { profile, log, nodes } = LOGS[where];
  const url = `https://${host}${port === '443' ? '' : `:${port}`}`;
  return `# Made by scripts/make-env.mjs. It holds every password of this installation: keep it as you keep keys.

# Which services docker compose starts besides the product's own. sign-in is an OpenID provider with sample people, mail catches every mail:
# to try things out. Without them set OIDC_ISSUER, OIDC_AUDIENCE and SMTP_URL. Add observability for numbers and alerts, and for traces the line below.
COMPOSE_PROFILES=${[...profile, 'sign-in', 'mail'].join(',')}
# OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318

# Where the events lie: postgres or eventstoredb; and which nodes that has.
EVENT_LOG=${log}
EVENTSTORE_NODES=${nodes}

# Where people find it. The host's address that it listens on is 127.0.0.1 until LISTEN_ADDRESS says otherwise.
UPPSIKT_HOST=${host}
UPPSIKT_PORT=${port}
UPPSIKT_URL=${url}
OIDC_ISSUER=${url}/auth/realms/uppsikt
OIDC_AUDIENCE=uppsikt

# The group through which the containers read the files in secrets/.
SECRETS_GID=${group}

POSTGRES_PASSWORD=${password()}
UPPSIKT_OWNER_PASSWORD=${password()}
UPPSIKT_WORKER_PASSWORD=${password()}
UPPSIKT_API_PASSWORD=${password()}

# The same as in secrets/redis.conf.
REDIS_PASSWORD=${redis}

# The two users that EventStoreDB makes itself, and ours, which may neither delete nor change who may what.
EVENTSTORE_ADMIN_PASSWORD=${password()}
EVENTSTORE_OPS_PASSWORD=${password()}
EVENTSTORE_PASSWORD=${password()}

# Of the OpenID provider with sample people: its administrator, the client that asks for tokens, and each of the sample people.
KEYCLOAK_ADMIN_PASSWORD=${password()}
OIDC_CLIENT_SECRET=${password()}
SAMPLE_PASSWORD=${password()}

GRAFANA_PASSWORD=${password()}
`;
}
