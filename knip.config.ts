import type { KnipConfig } from 'knip';

export default {
  entry: [
    'apps/*/src/main.ts',
    'apps/standalone/test/crash/{main,instance,many/process}.ts',
    'bench/*.ts',
    'bench/http/*.ts',
    'bench/scale/api.ts',
    'libs/test-servers/src/event-store-server-main.ts',
    'scripts/*.mjs',
    '.ci/*.mjs',
  ],
  // The full disk of a spec is a small file system of its own.
  ignoreBinaries: ['mount', 'umount'],
  project: ['apps/**/*.ts', 'libs/**/*.ts', 'bench/**/*.ts', '*.mjs', 'scripts/*.mjs'],
  // What a type is called is said where it is declared, also where only its own file uses it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // A lib's index gives the types of what it gives, also those that nobody has had to name yet.
  rules: { cycles: 'error', types: 'off' },
} satisfies KnipConfig;
