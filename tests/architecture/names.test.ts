import { expect, test } from 'vitest';
import { listFiles, readSources } from './source-files.ts';

const banned = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'shared',
  'types',
  'constants',
  'misc',
  'lib',
  'manager',
  'service',
  'store',
  'stores',
  'models',
  'index',
]);
const allowed = new Set(['blob-store.ts', 'service-worker.ts', 'service-worker.tsconfig.json']);

const findBadNames = (paths: readonly string[]): string[] =>
  paths.filter((path) =>
    path.split('/').some((part) => {
      if (allowed.has(part)) return false;
      const bare = part.replace(/\..*$/, '');
      return (
        banned.has(bare) ||
        bare.endsWith('-manager') ||
        bare.endsWith('-service') ||
        bare.endsWith('-utils') ||
        bare.endsWith('-helpers')
      );
    }),
  );

test('no file or folder is named by mechanism', () => {
  expect(findBadNames(['core', 'web', 'sync-server', 'tests'].flatMap((floor) => listFiles(floor, /./)))).toEqual([]);
});

test('a planted bad name is caught', () => {
  expect(
    findBadNames(['core/utils/x.ts', 'web/session-manager.ts', 'core/live/helpers.ts', 'core/live/heat.ts']),
  ).toHaveLength(3);
});

test('files are kebab-case, components PascalCase', () => {
  const bad = ['core', 'web', 'sync-server', 'tests']
    .flatMap((floor) => listFiles(floor, /\.(ts|svelte|js)$/))
    .filter((path) => {
      const name = path.split('/').at(-1) ?? '';
      if (name.startsWith('+')) return false;
      return name.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.(ts|js)$/.test(name);
    });
  expect(bad).toEqual([]);
});

test('there is no default export but where a tool demands one', () => {
  const bad = ['core', 'web', 'sync-server']
    .flatMap(readSources)
    .filter(({ path, text }) => path.endsWith('.ts') && /^export default /m.test(text));
  expect(bad.map(({ path }) => path)).toEqual([]);
});
