export * from './keyring.js';
export * from './postgres-vault.js';
export * from './vault.js';
export * from './vault.migrations.js';
