import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readSources, root } from './source-files.ts';

const allowedPackages: readonly (readonly [file: RegExp, packages: readonly string[]])[] = [
  [/\.doc\.ts$/, ['yjs', 'y-protocols', 'fractional-indexing']],
  [/^core\/intake\//, ['papaparse']],
  [/^core\/content\//, ['minisearch', 'pinyin-pro']],
];

test('core imports no package but those the house allows', () => {
  const found = readSources('core').flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target === null)
      .filter(
        ({ specifier }) =>
          !allowedPackages.some(
            ([file, names]) =>
              file.test(path) && names.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
          ),
      )
      .map(({ specifier }) => `${path} imports ${specifier}`),
  );
  expect(found).toEqual([]);
});

test('core compiles with neither DOM nor Node', { timeout: 120_000 }, () => {
  const program = ts.createProgram(
    readSources('core').map(({ path }) => join(root, path)),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.es2023.d.ts'],
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    },
  );
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.includes('/core/'))
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  expect(problems).toEqual([]);
});

test('core has no clock, no dice and no sentences', () => {
  const found = readSources('core').flatMap(({ path, text }) => findImpurities(path, text));
  expect(found).toEqual([]);
});

test('planted impurities are caught', () => {
  const planted = ['Date.now()', 'new Date()', 'Math.random()', 'performance.now()', "'中文'"];
  for (const expression of planted)
    expect(findImpurities('core/x.ts', `export const x = ${expression};`), expression).toHaveLength(1);
  expect(findImpurities('core/x.data.ts', "export const x = '中文';")).toEqual([]);
});

function findImpurities(path: string, text: string): string[] {
  const found: string[] = [];
  const report = (node: ts.Node, source: ts.SourceFile): void => {
    found.push(
      `${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 40)}`,
    );
  };
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const visit = (node: ts.Node): void => {
    const isClockOrDice =
      (ts.isPropertyAccessExpression(node) &&
        /^(Date\.now|Math\.random|performance\.now|crypto\.getRandomValues)$/.test(node.getText())) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date');
    const isForeignText =
      !path.endsWith('.data.ts') &&
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
      /[\u3400-\u9fff]/.test(node.text);
    if (isClockOrDice || isForeignText) report(node, source);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
