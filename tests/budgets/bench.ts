/**
 * npm run bench [-- <name> …] [--data <prefix>]: prints one JSON line a figure. Without names every bench runs.
 * `--data` points at order lines made beforehand; without it each bench makes its own, seeded. `--browser` runs those
 * that can in a worker in Chromium too, `--cpu` counts the time of the thread instead of the wall's.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readOptions } from '#sync-server/commands/read-options.ts';
import type { Bench } from './bench-line.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const available = readdirSync(folder).flatMap((file) =>
  file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : [],
);

const { values, positionals: names } = readOptions(
  `npm run bench -- [${available.join(' | ')} …] [--data <prefix>] [--browser] [--cpu]`,
  { data: { type: 'string' }, browser: { type: 'boolean', default: false }, cpu: { type: 'boolean' } },
  { hasNames: true },
);
const unknown = names.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  console.error(`no bench called ${unknown.join(', ')}; there are: ${available.join(', ')}`);
  process.exit(2);
}

for (const name of names.length > 0 ? names : available) {
  const { bench } = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as { bench: Bench };
  await bench({
    data: values.data ?? null,
    isInBrowser: values.browser,
    print: (line) => console.log(JSON.stringify({ ...line, ms: Math.round(line.ms * 100) / 100 })),
  });
}
