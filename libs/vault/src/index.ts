export * from './aged-parts.js';
export * from './erasure-ledger.js';
export * from './folder-ledger.js';
export * from './keyring.js';
export * from './owner-vault.js';
export * from './postgres-vault.js';
export { beginRestore, finishRestore, RestoreUnfinished, unfinishedRestore } from './restores.js';
export * from './vault.js';
export * from './vault.migrations.js';
