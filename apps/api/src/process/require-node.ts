// The first import of every main. npm scripts run under the Node that package.json pins; whoever starts by another way may have an older one.
if (typeof Temporal === 'undefined') {
  process.stderr.write(`Uppsikt needs Node 26 or later; this is ${process.version}. Start it with: npm start\n`);
  process.exit(1);
}
