import { prepareDatabase, openPool } from '#libs/database';
import { registry } from '#libs/catalogue';
import type { Instant } from '#libs/kernel';
import { SearchTrail, searchTrail, trailView } from '#libs/trail';
import { ViewRunner, Views } from '#libs/views';
import { withServer } from './server.js';
import { traffic, trafficLog } from './traffic.js';

const COUNT = Number(process.env.COUNT ?? 1_000_000);
const TURNS = Number(process.env.TURNS ?? 100);

const seconds = (from: number) => (performance.now() - from) / 1_000;

/** What people look for: words that no entry, few, many and all hold, an id; and the newest without a word. */
const TEXTS: Readonly<Record<string, string | undefined>> = {
  'no word': undefined,
  'absent word': 'korttidsboende',
  'rare word (1 in 11,000)': 'letterbox',
  'word in a third': 'genomförandeplanen',
  'two common words': 'genomförandeplan godkänd',
  'word in 9 of 11': 'genomforandeplan',
};

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const { worker: url, api } = await prepareDatabase(superuserUrl);
    const [worker, reading] = [openPool(url, { max: 4, name: 'bench' }), openPool(api, { max: 2, name: 'bench' })];
    const log = trafficLog(COUNT);
    const trail = trailView(registry);
    const views = new Views({ pool: reading, log, views: [trail] });
    const runner = new ViewRunner({ pool: worker, log, registry, views: [trail], say: { info: console.log, warn: console.log } });
    const began = performance.now();
    await runner.start();
    await views.caughtUp([trail], AbortSignal.timeout(3_600_000));
    const filled = seconds(began);
    while (!(await views.health()).ready) await new Promise((later) => setTimeout(later, 100));
    const built = seconds(began);
    console.log(`${COUNT} entries: filled ${Math.round(COUNT / filled)}/s, indexed in ${(built - filled).toFixed(1)} s, ${Math.round(COUNT / built)}/s in all`);
    await worker.query('vacuum analyze views.trail_1');

    const [one] = [...traffic(12)].slice(-1);
    const filters: Readonly<Record<string, Partial<SearchTrail>>> = {
      '': {},
      actor: { actor: one?.by.actor ?? '' },
      unit: { unit: one?.by.unit ?? '' },
      role: { role: 'unit-manager' },
      type: { type: 'DeadlineMissed' },
      stream: { stream: one?.stream ?? '' },
      'actor, role and type': { actor: one?.by.actor ?? '', role: 'unit-manager', type: 'GenomförandeplanApproved' },
      'first tenth of the time': { to: '2016-01-05T10:00:00.000Z' as Instant },
    };
    for (const [said, text] of Object.entries(TEXTS)) {
      for (const [filter, how] of Object.entries(filters)) {
        const query = Object.assign(new SearchTrail(), how, text === undefined ? {} : { text });
        const times: number[] = [];
        let total = '';
        for (let turn = 0; turn < TURNS; turn++) {
          const from = performance.now();
          const page = await views.read('stockholm', (read) => searchTrail(read, query));
          times.push(performance.now() - from);
          total = `${page.total}${page.more ? '+' : ''}`;
        }
        times.sort((a, b) => a - b);
        const at = (share: number) => `${(times[Math.floor(TURNS * share)] ?? 0).toFixed(1)} ms`.padStart(9);
        console.log(`${`${said}${filter && `; ${filter}`}`.padEnd(52)} p50 ${at(0.5)}  p95 ${at(0.95)}  ${total.padStart(6)} found`);
      }
    }
    await runner.stop();
    await Promise.all([worker.end(), reading.end()]);
  });
