import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

/** Runtime cycles: type-only imports vanish, and a worker is a module graph of its own; neither counts. */
const findCycles = (files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[] => {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter((i) => !i.isTypeOnly && !i.isWorker && i.target).map((i) => i.target as string),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const target of targets.get(path) ?? []) if (targets.has(target)) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const { path } of files) visit(path, []);
  return cycles;
};

test('there is no runtime import cycle', () => {
  expect(findCycles(['core', 'web', 'sync-server'].flatMap(readSources))).toEqual([]);
});

test('a planted cycle is caught', () => {
  const link = (path: string, target: string): Pick<SourceFile, 'path' | 'imports'> => ({
    path,
    imports: [{ specifier: target, target, isTypeOnly: false, isWorker: false }],
  });
  expect(findCycles([link('a.ts', 'b.ts'), link('b.ts', 'c.ts'), link('c.ts', 'a.ts')])).toEqual([
    'a.ts → b.ts → c.ts → a.ts',
  ]);
});
