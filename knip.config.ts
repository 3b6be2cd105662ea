import type { KnipConfig } from 'knip';

export default {
  entry: ['apps/*/src/main.ts', 'bench/*.ts', 'scripts/*.mjs', '.ci/*.mjs'],
  project: ['apps/**/*.ts', 'libs/**/*.ts', 'bench/**/*.ts', '*.mjs', 'scripts/*.mjs'],
  rules: { cycles: 'error' },
} satisfies KnipConfig;
