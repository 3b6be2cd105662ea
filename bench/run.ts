// npm run bench -- append
const [name] = process.argv.slice(2);
const benches: Record<string, () => Promise<{ run: () => Promise<void> }>> = {
  append: () => import('./append.js'),
  backup: () => import('./backup.js'),
  eventstore: () => import('./eventstore.js'),
  http: () => import('./http.js'),
  knocks: () => import('./knocks.js'),
  lists: () => import('./lists.js'),
  move: () => import('./move.js'),
  obligations: () => import('./obligations.js'),
  rebuild: () => import('./rebuild.js'),
  scale: () => import('./scale.js'),
  responsibilities: () => import('./responsibilities.js'),
  'sign-in': () => import('./sign-in.js'),
  streams: () => import('./streams.js'),
  tracing: () => import('./tracing.js'),
  trail: () => import('./trail.js'),
};
const bench = benches[name ?? ''];
if (!bench) {
  console.error(`Say which: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
await (await bench()).run();
