// Reads what `jest --json` wrote and prints the closing line of the run. Fails when a test failed or was skipped, and when none ran at all:
// a green run has run everything.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
if (!text) {
  process.stdout.write('\nThe run ended before the tests.\n0 passed, 1 failed\n');
  process.exit(1);
}
const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(text);
const skipped = numPendingTests + numTodoTests;
const failed = numFailedTests + numRuntimeErrorTestSuites;
for (const { name, assertionResults } of testResults)
  for (const { status, fullName } of assertionResults) if (status !== 'passed') process.stdout.write(`${status}: ${fullName} (${name})\n`);
if (skipped > 0) process.stdout.write(`${skipped} skipped: a test that does not run proves nothing.\n`);
if (passed === 0) process.stdout.write('No test ran.\n');
process.stdout.write(`\n${passed} passed, ${failed + skipped} failed\n`);
process.exit(passed > 0 && failed + skipped === 0 ? 0 : 1);
