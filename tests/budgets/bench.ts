/**
 * npm run bench [-- <name> …] [--data <prefix>]: prints one JSON line a figure. Without names every bench runs.
 * `--data` points at order lines made beforehand; without it each bench makes its own, seeded. `--browser` runs those
 * that can in a worker in Chromium too, `--cpu` counts the time of the thread instead of the wall's.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench } from './bench-line.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const available = readdirSync(folder).flatMap((file) =>
  file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : [],
);

const given = process.argv.slice(2);
const dataAt = given.indexOf('--data');
const data = dataAt < 0 ? null : (given[dataAt + 1] ?? null);
const isInBrowser = given.includes('--browser');
const names = given.filter((word, at) => !word.startsWith('--') && (dataAt < 0 || at !== dataAt + 1));
const unknown = names.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  console.error(`no bench called ${unknown.join(', ')}; there are: ${available.join(', ')}`);
  process.exit(1);
}

for (const name of names.length > 0 ? names : available) {
  const { bench } = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as { bench: Bench };
  await bench({
    data,
    isInBrowser,
    print: (line) => console.log(JSON.stringify({ ...line, ms: Math.round(line.ms * 100) / 100 })),
  });
}
