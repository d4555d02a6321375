/** JavaScript a screen needs before it can be used: its route, its layouts and all they import statically, gzip. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../architecture/source-files.ts';

interface ManifestEntry {
  readonly file: string;
  readonly imports?: readonly string[];
}

const client = join(root, '.svelte-kit/output/client');

/** `screen` is the path of the page under web/routes, without `/+page.svelte`; empty for the welcome screen. */
export const firstLoadBytes = (screen: string): number => {
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestEntry
  >;
  const parts = screen === '' ? [] : screen.split('/');
  const sources = [
    `web/routes/${[...parts, '+page.svelte'].join('/')}`,
    ...Array.from(
      { length: parts.length + 1 },
      (_, depth) => `web/routes/${[...parts.slice(0, depth), '+layout.svelte'].join('/')}`,
    ),
  ];
  // Kit wraps each page and layout in a numbered module that names its source.
  const nodes = Object.keys(manifest).filter((key) => key.includes('/client-optimized/nodes/'));
  const starts = nodes.filter(
    (key) =>
      existsSync(join(root, key)) &&
      sources.some((source) => readFileSync(join(root, key), 'utf8').includes(`/${source}"`)),
  );
  if (!starts.some((key) => readFileSync(join(root, key), 'utf8').includes(`/${sources[0]}"`)))
    throw new Error(`no built page for ${sources[0]}`);
  const entries = Object.keys(manifest).filter((key) =>
    /client-optimized\/app\.js$|client\/entry\.js$|client\/client-entry\.js$/.test(key),
  );
  const files = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (!entry || files.has(entry.file)) return;
    files.add(entry.file);
    for (const next of entry.imports ?? []) visit(next);
  };
  for (const start of [...entries, ...starts]) visit(start);
  return [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file))).length, 0);
};
