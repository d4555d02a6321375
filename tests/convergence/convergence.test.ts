/**
 * Every document module of core, on random networks. 50 seeds in the ordinary run; `CONVERGENCE_SEEDS=200` for more.
 * A failure prints its seed and steps: save them as `regressions/<table>-<what>.json` ({ table, steps }), and shrink.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type OperationTable, operation } from './operation-table.ts';
import { runSeed, runSteps } from './check-convergence.ts';
import type { Step } from './random-network.ts';

const seedCount = Number(process.env.CONVERGENCE_SEEDS ?? 50);
const stepCount = 240;

const tables = await Promise.all(
  readdirSync(join(import.meta.dirname, 'operations'))
    .filter((file) => file.endsWith('.ts'))
    .map(async (file) => {
      const { table } = (await import(`./operations/${file.slice(0, -'.ts'.length)}.ts`)) as { table: OperationTable };
      return table;
    }),
);

/** Ground that documents are built from, and readers of any document: none has a document of its own. */
const partsOfDocuments = new Set([
  'core/campaigns/fields.doc.ts',
  'core/campaigns/order.doc.ts',
  'core/workspace/find-text.doc.ts',
  'core/workspace/fingerprint.doc.ts',
  'core/workspace/history/compare-version.doc.ts',
  'core/workspace/history/forget-in-version.doc.ts',
  'core/workspace/history/objects.doc.ts',
  'core/workspace/history/touched-objects.doc.ts',
]);

const root = join(import.meta.dirname, '../..');
const documentModules = readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
  .map((path) => `core/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.doc.ts') && !partsOfDocuments.has(path));

test('every document module has its operations in the rig', () => {
  const covered = new Set(tables.flatMap(({ covers }) => covers));
  expect(documentModules.filter((path) => !covered.has(path))).toEqual([]);
  expect([...covered].filter((path) => !documentModules.includes(path))).toEqual([]);
});

for (const table of tables) {
  test(
    `[CMP5] ${table.name}: five copies converge on ${seedCount} random networks`,
    { timeout: seedCount * 2400 },
    () => {
      for (let seed = 1; seed <= seedCount; seed++) runSeed(table, seed, stepCount);
    },
  );
}

test('the rig catches what it is for: a read in order of arrival, and a read that writes', () => {
  const byArrival: OperationTable = {
    name: 'planted',
    covers: [],
    operations: [
      operation(
        'add',
        (dice) => dice.id('k'),
        (doc, key) => void doc.getMap('m').set(key, 1),
      ),
    ],
    read: (doc) => [...doc.getMap('m').keys()],
  };
  const writing: OperationTable = {
    ...byArrival,
    read: (doc) => {
      if (!doc.getMap('m').has('default')) doc.getMap('m').set('default', 1);
      return doc.getMap('m').size;
    },
  };
  expect(() => runSeed(byArrival, 1, stepCount)).toThrow('planted diverged, seed 1');
  expect(() => runSeed(writing, 1, stepCount)).toThrow('planted diverged, seed 1');
});

const regressionFolder = join(import.meta.dirname, 'regressions');
for (const file of readdirSync(regressionFolder).filter((name) => name.endsWith('.json'))) {
  test(`saved run ${file}`, () => {
    const { table, steps } = JSON.parse(readFileSync(join(regressionFolder, file), 'utf8')) as {
      table: string;
      steps: readonly Step[];
    };
    const found = tables.find(({ name }) => name === table);
    expect(found, `a table named ${table}`).toBeDefined();
    if (found) runSteps(found, steps);
  });
}
