export * from './small-city.js';
