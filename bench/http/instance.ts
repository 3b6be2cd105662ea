// The product as it is, but for the limits on rates; says its address, and on SIGUSR2 how far the views are behind.
import { startStandalone } from '../../apps/standalone/src/standalone.js';
import { readSettings } from '#libs/settings';

const unlimited = { perUser: 1e9, perTenant: 1e9 };
const instance = await startStandalone(readSettings(process.env, []), { say: () => {}, lost: (why) => console.error(why.message), rates: unlimited });
console.log(instance.address);
process.once('SIGTERM', () => void instance.stop().then(() => process.exit()));
