// Prints the closing line of the run, from what `jest --json` wrote and the code the run ends with. A green run has run everything: a skipped test
// counts as failed, and so does a step that failed beside the tests.
import { readFileSync } from 'node:fs';

const [file, code] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const results = text ? JSON.parse(text) : { numPassedTests: 0, numRuntimeErrorTestSuites: 0, testResults: [] };

let failed = results.numRuntimeErrorTestSuites;
for (const { name, assertionResults } of results.testResults)
  for (const { status, fullName } of assertionResults)
    if (status !== 'passed') {
      failed += 1;
      process.stdout.write(`${status}: ${fullName} (${name})\n`);
    }
if (failed === 0 && (code !== '0' || results.numPassedTests === 0)) {
  failed = 1;
  process.stdout.write(results.numPassedTests === 0 ? 'No test ran.\n' : 'The tests passed; a step beside them failed.\n');
}
process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
