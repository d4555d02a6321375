import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles, root } from './source-files.ts';

const mostRules = 30;

/** Rules by README: lines of the form "- `CYC4` A purchase on promotion …". */
const rulesByReadme = new Map(
  ['core', 'web', 'sync-server'].flatMap((floor) =>
    listFiles(floor, /^README\.md$/).map(
      (path) =>
        [
          path,
          [...readFileSync(join(root, path), 'utf8').matchAll(/^- `([A-Z]{2,6}\d+)` /gm)].map(
            (match) => match[1] ?? '',
          ),
        ] as const,
    ),
  ),
);
const rules = [...rulesByReadme.values()].flat();

const cited = new Set(
  listFiles('tests', /\.ts$/).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\[([A-Z]{2,6}\d+(?:, ?[A-Z]{2,6}\d+)*)\]/g)].flatMap((match) =>
      (match[1] ?? '').split(/, ?/),
    ),
  ),
);

test('every rule of every README has a test that cites it', () => {
  expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
});

test('every rule a test cites exists, once', () => {
  const known = new Set(rules);
  const prefixes = new Set(rules.map((rule) => rule.replace(/\d+$/, '')));
  expect([...cited].filter((rule) => prefixes.has(rule.replace(/\d+$/, '')) && !known.has(rule))).toEqual([]);
  expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([]);
});

test(`no README has more than ${mostRules} rules`, () => {
  expect([...rulesByReadme].filter(([, own]) => own.length > mostRules).map(([path]) => path)).toEqual([]);
});
