export * from './keyring.js';
export * from './vault.js';
