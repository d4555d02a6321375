/** The production sources as the architecture tests see them: paths from the root, and what each imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Import {
  readonly specifier: string;
  /** The file it resolves to, from the root; null for a package. */
  readonly target: string | null;
  readonly isTypeOnly: boolean;
  /** Started by URL, as a worker: a module graph of its own. */
  readonly isWorker: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export const listFiles = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

export const readSources = (folder: string): SourceFile[] =>
  listFiles(folder, /\.(ts|svelte)$/).map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));

export const parseSource = (path: string, text: string): SourceFile => ({
  path,
  text,
  imports: importsOf(scriptOf(path, text)).map(({ specifier, isTypeOnly, isWorker }) => ({
    specifier,
    isTypeOnly,
    isWorker,
    target: resolveImport(path, specifier),
  })),
});

/** The TypeScript of a file: all of a .ts, the script blocks of a .svelte. */
export const scriptOf = (path: string, text: string): string =>
  path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '').join('\n')
    : text;

const resolveImport = (from: string, specifier: string): string | null => {
  if (specifier.startsWith('#')) return specifier.slice(1).split('?')[0] ?? null;
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.split('?')[0] ?? '');
  return null;
};

const importsOf = (script: string): Omit<Import, 'target'>[] => {
  const found: Omit<Import, 'target'>[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ specifier: node.moduleSpecifier.text, isTypeOnly: isTypeOnly(node), isWorker: false });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument))
        found.push({ specifier: argument.text, isTypeOnly: false, isWorker: false });
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
      const [argument] = node.arguments ?? [];
      if (argument && ts.isStringLiteral(argument))
        found.push({ specifier: argument.text, isTypeOnly: false, isWorker: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', script, ts.ScriptTarget.ESNext, true));
  return found;
};

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    !!names &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((element) => element.isTypeOnly)
  );
};
