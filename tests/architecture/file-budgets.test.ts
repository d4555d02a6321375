import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { longFiles } from './exceptions.ts';
import { readSources, root, scriptOf, type SourceFile } from './source-files.ts';

const kinds = [
  { name: 'core files', folder: 'core', pattern: /(?<!\.data)\.ts$/, ceiling: 300 },
  { name: 'server files', folder: 'sync-server', pattern: /(?<!\.data)\.ts$/, ceiling: 350 },
  { name: 'Svelte components', folder: 'web', pattern: /\.svelte$/, ceiling: 350 },
  { name: 'web files', folder: 'web', pattern: /^(?!web\/words\/).*\.ts$/, ceiling: 350 },
] as const;

const functionCeiling = 80;
const routeCeiling = 30;
const lines = (text: string): number => text.trimEnd().split('\n').length;

for (const { name, folder, pattern, ceiling } of kinds) {
  test(`${name}: none longer than ${ceiling} lines`, () => {
    const sizes = readSources(folder)
      .filter(({ path }) => pattern.test(path))
      .map(({ path, text }) => ({ path, size: lines(text) }))
      .sort((a, b) => a.size - b.size);
    const at = (share: number): number => sizes[Math.floor((sizes.length - 1) * share)]?.size ?? 0;
    process.stdout.write(`${name}: ${sizes.length}, median ${at(0.5)}, p90 ${at(0.9)} lines\n`);
    expect(
      sizes
        .filter(({ path, size }) => size > ceiling && !(path in longFiles))
        .map(({ path, size }) => `${path}: ${size}`),
    ).toEqual([]);
  });
}

test(`no function is longer than ${functionCeiling} lines`, () => {
  const long = ['core', 'sync-server', 'web'].flatMap((floor) => readSources(floor).flatMap(findLongFunctions));
  expect(long).toEqual([]);
});

test(`a page of routes/ is at most ${routeCeiling} lines`, () => {
  const long = readSources('web/routes').filter(
    ({ path, text }) => path.endsWith('+page.svelte') && lines(text) > routeCeiling,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('nothing is left to do in the tree: no TODO, no FIXME', () => {
  const found = ['core', 'sync-server', 'web']
    .flatMap(readSources)
    .filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text));
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('an exception names a file that exists and is still long', () => {
  for (const path of Object.keys(longFiles))
    expect(lines(readFileSync(join(root, path), 'utf8')), path).toBeGreaterThan(300);
});

function findLongFunctions({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.ESNext, true);
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && (node.body as ts.Node).kind === ts.SyntaxKind.Block) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
      const size = source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
      if (size > functionCeiling) found.push(`${path}:${first + 1}: ${size} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
