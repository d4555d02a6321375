/** First load of each kind of screen: JavaScript of its route and everything it imports statically, gzip. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../architecture/source-files.ts';
import type { Bench } from './bench-line.ts';

interface ManifestEntry {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
}

const screens = {
  welcome: ['web/routes/+page.svelte', 'web/routes/+layout.svelte'],
  host: [
    'web/routes/[workspace]/live/[campaign]/host/+page.svelte',
    'web/routes/[workspace]/+layout.svelte',
    'web/routes/+layout.svelte',
  ],
  customers: [
    'web/routes/[workspace]/customers/+page.svelte',
    'web/routes/[workspace]/+layout.svelte',
    'web/routes/+layout.svelte',
  ],
} as const;

export const firstLoadBytes = (screen: keyof typeof screens): number => {
  const folder = join(root, '.svelte-kit/output/client');
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestEntry
  >;
  const keyOf = (source: string): string | undefined =>
    Object.keys(manifest).find((key) => key === source || manifest[key]?.src === source);
  const nodes = Object.entries(manifest).filter(([key]) => key.includes('generated/client') && key.includes('/nodes/'));
  const starts = [
    ...Object.keys(manifest).filter((key) => /entry\.js$|client\/app\.js$/.test(key)),
    ...screens[screen].flatMap(
      (source) =>
        keyOf(source) ?? nodes.find(([, entry]) => entry.imports?.some((name) => name === keyOf(source)))?.[0] ?? [],
    ),
  ];
  const files = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (!entry || files.has(entry.file)) return;
    files.add(entry.file);
    for (const next of entry.imports ?? []) visit(next);
  };
  for (const start of starts) visit(start);
  return [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
};

export const bench: Bench = async ({ print }) => {
  if (!existsSync(join(root, '.svelte-kit/output/client/.vite/manifest.json')))
    throw new Error('build first: npm run build');
  for (const screen of Object.keys(screens) as (keyof typeof screens)[]) {
    print({
      name: `first-load-${screen}`,
      lines: 0,
      ms: 0,
      runs: 1,
      peakMiB: 0,
      where: 'node',
      value: firstLoadBytes(screen),
      unit: 'bytes gzip',
    });
  }
};
