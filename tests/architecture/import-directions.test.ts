import { expect, test } from 'vitest';
import { findForbiddenImports, plantImport, readPermissionTable } from './permission-table.ts';
import { readSources } from './source-files.ts';

const floors = [
  { floor: 'core', ground: ['result', 'units', 'statistics'] },
  { floor: 'web', ground: [] },
  { floor: 'sync-server', ground: ['result', 'units'] },
] as const;

for (const { floor, ground } of floors) {
  test(`${floor}: every import follows the table of its README`, () => {
    const table = readPermissionTable(floor);
    const rootFiles = /^web\/(app\.html|error\.html|service-worker\.ts|hooks\.client\.ts)$/;
    const files = readSources(floor).filter((file) => !rootFiles.test(file.path));
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap((file) => findForbiddenImports(table, file, ground))).toEqual([]);
  });
}

test('web: a screen never imports another screen', () => {
  const forbidden = readSources('web/screens').flatMap((file) =>
    file.imports
      .filter(({ target }) => target?.startsWith('web/screens/') && target.split('/')[2] !== file.path.split('/')[2])
      .map(({ specifier }) => `${file.path} imports ${specifier}`),
  );
  expect(forbidden).toEqual([]);
});

test('a planted backward import is caught', () => {
  const core = readPermissionTable('core');
  expect(
    findForbiddenImports(core, plantImport('core/intake/x.ts', '#core/insight/rfm/score.ts'), ['result']),
  ).toHaveLength(1);
  expect(
    findForbiddenImports(core, plantImport('core/insight/x.ts', '../demo/create-demo-brand.ts'), ['result']),
  ).toHaveLength(1);
  expect(
    findForbiddenImports(core, plantImport('core/insight/x.ts', '#web/words/format.svelte.ts'), ['result']),
  ).toHaveLength(1);
  const web = readPermissionTable('web');
  expect(findForbiddenImports(web, plantImport('web/controls/x.ts', '#core/units/ids.ts'), [])).toHaveLength(1);
  expect(findForbiddenImports(web, plantImport('web/screens/today/x.ts', '#sync-server/main.ts'), [])).toHaveLength(1);
});
