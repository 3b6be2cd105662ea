/** Stops the run's PostgreSQL and removes its data; a killed run never comes here, see jest.global.mjs. */
export default () => globalThis.stopPostgres();
