import { expect, test } from 'vitest';
import { readSources } from './source-files.ts';

/** The drawing library is 56 kB: no screen, the host's least of all, may pay for it before a chart is drawn. */
test('Chart.js is imported by one file, and that file on demand only', () => {
  const values = readSources('web').flatMap(({ path, imports }) =>
    imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ specifier }) => ({ path, specifier })),
  );
  const importers = values.filter(({ specifier }) => /^chart\.js(\/|$)/.test(specifier)).map(({ path }) => path);
  expect([...new Set(importers)]).toEqual(['web/charts/chart-parts.ts']);
  const text = readSources('web').filter(({ text: source }) => source.includes('chart-parts.ts'));
  expect(text.map(({ path }) => path)).toEqual(['web/charts/ChartFrame.svelte']);
  expect(text[0]?.text).toContain("import('./chart-parts.ts')");
  expect(text[0]?.text).not.toMatch(/from '\.\/chart-parts\.ts'/);
});
