export * from './back-up.js';
export { isSound, type Checked, type CheckName } from './checked.js';
export * from './doctor.js';
export { SECTIONS } from './manifest.js';
export { openLedger } from './open-ledger.js';
export { BackupDamaged, BackupRefused } from './refused.js';
export * from './restore.js';
export { linesOf, newIdentity, passphraseIn, type Opener, type Seal } from './seals.js';
export type { Progress, Sources } from './sources.js';
