// A registry may lack the newest binaries of other systems; npm then leaves them out of the lock, and `npm ci` refuses the lock for it.
// Run after every `npm install`: adds each optional package that is missing, with the system and processor its name tells.
import { readFileSync, writeFileSync } from 'node:fs';
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const systems = { darwin: 'darwin', linux: 'linux', win32: 'win32', windows: 'win32', android: 'android', freebsd: 'freebsd', openharmony: 'openharmony' };
const cpus = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];
for (const [at, pkg] of Object.entries(lock.packages))
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    const words = name.split(/[-./]/),
      system = words.map((w) => systems[w]).find(Boolean),
      cpu = words.find((w) => cpus.includes(w)) ?? (words.includes('arm') ? 'arm' : undefined);
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${at}/node_modules/${name}`] || !(system || cpu === 'wasm32')) continue;
    const libc = words.includes('musl') ? ['musl'] : words.some((w) => w.startsWith('gnu')) ? ['glibc'] : undefined;
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...(cpu && { cpu: [cpu] }),
      ...(pkg.dev && { dev: true }),
      ...(system === 'linux' && libc && { libc }),
      optional: true,
      ...(system && { os: [system] }),
    };
  }
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
