// Our own rules for compose files. Each answers with a sentence for each place that breaks it.
import { variablesIn, withDefaults } from './interpolate.mjs';

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|_KEY$|AUTH$/;
const PASSWORD_IN_URL = /:\/\/[^:@/\s]*:([^@/]*)@/;
const REASON_MIN = 20;
const LOOPBACK = '127.0.0.1:';
/** Rights that a program is made with and does not start without. */
const RIGHTS = ['NET_BIND_SERVICE'];

const isOneShot = ({ restart = '' }) => restart === 'no' || restart.startsWith('on-failure');
const entries = (map) => Object.entries(map ?? {});
const isTagged = (image) => /^[^@]+(@sha256:[0-9a-f]{64}|:[\w][\w.-]*)$/.test(image.replace(/^.*\//, '')) && !image.endsWith(':latest');

/** Of one service at a time. */
const ofService = [
  ({ image }) => {
    if (image === undefined) return 'names no image';
    const meant = withDefaults(image);
    return !isTagged(meant) && `its image ${meant} is not pinned: a tag that is no latest, or a digest`;
  },
  (service) => {
    const { healthcheck } = service;
    if (isOneShot(service)) return false;
    return (!healthcheck?.test || healthcheck.disable === true) && 'has no health check, and is none that runs once (restart: no, or on-failure)';
  },
  ({ restart }) => !['always', 'unless-stopped', 'no'].includes(restart) && !/^on-failure:[1-9]\d*$/.test(restart ?? '') && 'says not how it is restarted',
  ({ user }) => {
    const [, uid = ''] = /^(\d+):\d+$/.exec(user ?? '') ?? [];
    return !(Number(uid) > 0) && 'must run as a user that is not root, by numbers: user: "1000:1000"';
  },
  ({ cap_drop: dropped = [] }) => !dropped.includes('ALL') && 'keeps rights that it does not need: cap_drop: [ALL]',
  ({ cap_add: added = [] }) => added.some((right) => !RIGHTS.includes(right)) && `asks for rights that nothing here needs: ${added.join(', ')}`,
  ({ security_opt: options = [] }) => !options.includes('no-new-privileges:true') && 'may gain rights: security_opt: ["no-new-privileges:true"]',
  ({ read_only: readOnly, 'x-writable': why = '' }) =>
    readOnly !== true && why.length < REASON_MIN && 'may write to its own file system: read_only: true, or x-writable with the reason',
  ({ privileged, network_mode: network, pid, ipc }) => (privileged || [network, pid, ipc].includes('host')) && 'reaches the host itself',
  ({ container_name: name }) => name !== undefined && 'has a name of its own, so that there can be but one',
  ({ logging }) => !logging?.options?.['max-size'] && 'may fill the disk with its log: logging with max-size',
  ({ ports = [] }) =>
    ports.some((port) => typeof port !== 'string' || !withDefaults(port).startsWith(LOOPBACK)) &&
    `opens a port to the world: begin it with ${LOOPBACK}, or with a variable that is that by default`,
  ({ ports = [], deploy }) => ports.length > 0 && deploy?.replicas !== undefined && 'opens a port of the host, which only one of its containers can have',
  ({ volumes = [] }) => volumes.some((volume) => typeof volume !== 'string') && 'names a volume otherwise than in the short form',
  ({ volumes = [] }) =>
    volumes.some((volume) => /^[./~]/.test(volume) && !volume.endsWith(':ro')) && 'may write to a folder of the host: end it with :ro, or name a volume',
  ({ volumes = [] }) => volumes.some((volume) => volume.includes('docker.sock')) && 'could command the engine',
  ({ environment }) => Array.isArray(environment) && 'lists its environment: write it as a map',
  ({ depends_on: after }) => Array.isArray(after) && 'waits for others only to begin: say the condition of each in depends_on',
];

const secretsOf = ({ environment = {} }) =>
  entries(environment).flatMap(([name, value]) => {
    const [, inUrl] = PASSWORD_IN_URL.exec(String(value ?? '')) ?? [];
    const secret = SECRET_NAME.test(name) ? String(value ?? '') : inUrl;
    if (secret === undefined) return [];
    const asked = variablesIn(secret);
    const isAsked = asked.length === 1 && asked[0].how === '?' && secret.startsWith('${') && secret.endsWith('}');
    return isAsked ? [] : [`has a password by default, or none, in ${name}: \${NAME:?why} lets nobody start without`];
  });

const waitsOf = (service, services) =>
  entries(service.depends_on).flatMap(([name, { condition, required = true }]) => {
    const other = services[name];
    if (!other) return [`waits for ${name}, which is not there`];
    const due = isOneShot(other) ? 'service_completed_successfully' : 'service_healthy';
    const shared = (other.profiles ?? []).every((profile) => service.profiles?.includes(profile));
    return [
      ...(condition === due ? [] : [`waits for ${name} by ${condition}, and it must be ${due}`]),
      ...(required && !shared ? [`waits for ${name}, which is not started without its profile: required: false`] : []),
    ];
  });

const volumesOf = ({ services, volumes }) => {
  const used = new Set(
    Object.values(services).flatMap((service) =>
      (service.volumes ?? []).flatMap((volume) => (typeof volume === 'string' && !/^[./~]/.test(volume) ? [volume.split(':')[0]] : [])),
    ),
  );
  const declared = new Set(Object.keys(volumes ?? {}));
  return [
    ...[...used].filter((name) => !declared.has(name)).map((name) => `the volume ${name} is used and not declared`),
    ...[...declared].filter((name) => !used.has(name)).map((name) => `the volume ${name} is declared and not used`),
  ];
};

const secretFilesOf = ({ services, secrets }) => {
  const used = Object.values(services).flatMap((service) => (service.secrets ?? []).map((secret) => (typeof secret === 'string' ? secret : secret.source)));
  return [...new Set(used)].filter((name) => !secrets?.[name]).map((name) => `the secret ${name} is used and not declared`);
};

/** The profile of what an operator starts. */
const BY_HAND = 'by-hand';
const unawaited = ({ services }) =>
  entries(services)
    .filter(([, { profiles = [] }]) => !profiles.includes(BY_HAND))
    .filter(([name, service]) => isOneShot(service) && !Object.values(services).some(({ depends_on: after }) => after && !Array.isArray(after) && after[name]))
    .map(([name]) => `${name} runs once, and nobody waits for it`);

const missingFiles = ({ services, secrets = {} }, isThere) =>
  entries(services).flatMap(([name, service]) =>
    (service.volumes ?? []).flatMap((volume) => {
      const [source] = typeof volume === 'string' ? volume.split(':') : [];
      return source?.startsWith('./') && !isThere(source) && !Object.values(secrets).some(({ file }) => file === source)
        ? [`${name} mounts ${source}, which is not there`]
        : [];
    }),
  );

/**
 * @param isThere whether a file of the project is there
 * @returns a sentence for each rule that is broken
 */
export const composeRules = (compose, isThere) => {
  const { services = {} } = compose;
  return [
    ...entries(services).flatMap(([name, service]) => {
      const said = ofService.map((rule) => rule(service)).filter(Boolean);
      const more = [...secretsOf(service), ...(Array.isArray(service.depends_on) ? [] : waitsOf(service, services))];
      return [...said, ...more].map((what) => `${name} ${what}`);
    }),
    ...volumesOf({ ...compose, services }),
    ...secretFilesOf({ ...compose, services }),
    ...unawaited({ services }),
    ...missingFiles({ ...compose, services }, isThere),
  ];
};
