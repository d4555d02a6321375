/** Reads "what may import what" from the table of a README: the map is executable. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSource, root, type SourceFile } from './source-files.ts';

export interface PermissionTable {
  readonly floor: string;
  /** By name of the room: `insight`, `main.ts`. */
  readonly allowedByRoom: ReadonlyMap<string, readonly string[]>;
}

export const readPermissionTable = (floor: string): PermissionTable => {
  const rows = readFileSync(join(root, floor, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const allowedByRoom = new Map<string, readonly string[]>();
  for (const row of rows) {
    const [name = '', , allowed = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    allowedByRoom.set(
      name.replaceAll('`', '').replace(/\/$/, ''),
      allowed
        .split(',')
        .map((word) => word.trim().replace(/ .*/, ''))
        .filter((word) => word !== '' && word !== '-' && word !== '–'),
    );
  }
  return { floor, allowedByRoom };
};

/** The room a path stands in: the folder or file right under its floor. */
const roomOf = (path: string): string => path.split('/')[1] ?? '';

/** The imports of `file` that its floor's table does not allow, as sentences. */
export const findForbiddenImports = (table: PermissionTable, file: SourceFile, ground: readonly string[]): string[] => {
  const room = roomOf(file.path);
  const allowed = table.allowedByRoom.get(room);
  if (!allowed) return [`${file.path} stands in ${table.floor}/${room}, which is not in the table`];
  return file.imports.flatMap(({ target, specifier }) => {
    if (target === null || !/\.(ts|svelte|css)$/.test(target)) return [];
    return isAllowed(table.floor, room, target, allowed, ground) ? [] : [`${file.path} may not import ${specifier}`];
  });
};

const isAllowed = (
  floor: string,
  room: string,
  target: string,
  allowed: readonly string[],
  ground: readonly string[],
): boolean => {
  const [targetFloor = '', targetRoom = ''] = target.split('/');
  const bare = targetRoom.replace(/\.ts$/, '');
  if (targetFloor !== floor) {
    return targetFloor === 'core' && floor !== 'core' && allowsCore(bare, allowed, ground);
  }
  if (targetRoom === room || ground.includes(bare)) return true;
  return allowed.some(
    (word) => word === 'everything' || word === bare || (word === 'every' && !['demo', 'workspace'].includes(bare)),
  );
};

const allowsCore = (room: string, allowed: readonly string[], ground: readonly string[]): boolean =>
  ground.includes(room) ||
  allowed.some((word) => word === 'core' || word === 'everything' || word === 'all' || word === `core/${room}`);

/** For the planted import that the test must catch. */
export const plantImport = (path: string, specifier: string): SourceFile =>
  parseSource(path, `import { x } from '${specifier}';\nexport const y = x;\n`);
