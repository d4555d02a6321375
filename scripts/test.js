// npm test: installs, finds or installs a browser, then type checks, lint and every test.
// `npm test -- core/insight` runs only the tests whose path contains the words given, without the checks.
// LARDER_REQUIRE=postgres,redis,chromium turns a missing optional part into a failure instead of a named skip.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildApp,
  findOrInstallChromium,
  installDependencies,
  pickNode,
  required,
  run,
  runTogether,
  say,
  stop,
} from './prepare.js';

const filters = process.argv.slice(2);

installDependencies();
const node = pickNode();
const chromium = findOrInstallChromium(node);
if (!chromium && required.has('chromium')) stop('LARDER_REQUIRE names chromium, and none could be found or installed');

if (filters.length === 0) {
  say('type checks, lint and format');
  // Lint reads what kit writes about the routes.
  if (run('svelte-kit', ['sync']).status !== 0) stop('svelte-kit sync failed');
  await runTogether([
    ['type checks', node, ['scripts/check.js']],
    ['lint', 'eslint', ['.', '--max-warnings', '0']],
    ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ]);
}
buildApp();

const results = mkdtempSync(join(tmpdir(), 'larder-tests-'));
const projects = ['node', 'databases', ...(chromium ? ['browser', 'end-to-end'] : [])];
if (!chromium) say('SKIPPED: browser and end-to-end tests, because no Chromium was found and none could be installed');

// One project after the other: browser and end-to-end tests measure what a person would feel, so nothing competes.
const totals = { passed: 0, failed: 0, skipped: 0 };
let failed = false;
for (const project of projects) {
  say(`tests: ${project}`);
  const file = join(results, `${project}.json`);
  const { status } = run(
    'vitest',
    [
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filters,
    ],
    { env: chromium ? { CHROMIUM_PATH: chromium } : {} },
  );
  failed ||= status !== 0;
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests;
    totals.skipped += report.numPendingTests + report.numTodoTests;
  } catch {
    say(`tests: ${project} left no report`);
    failed = true;
  }
}
rmSync(results, { recursive: true, force: true });

process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(failed || totals.passed === 0 ? 1 : 0);
