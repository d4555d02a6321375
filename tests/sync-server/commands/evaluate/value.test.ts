import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { evaluate as evaluateBgnbd } from '#sync-server/commands/evaluate/bgnbd.ts';
import { evaluate as evaluateChurn } from '#sync-server/commands/evaluate/churn.ts';
import { BadInput } from '#sync-server/commands/evaluate/evaluate-task.ts';
import { evaluate as evaluateForecast } from '#sync-server/commands/evaluate/forecast.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-value-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'out');
const write = (name: string, lines: readonly (readonly (string | number)[])[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((cells) => cells.join(',')).join('\r\n'));
  return path;
};
const readRows = (): string[][] =>
  readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

/** See `tests/core/insight/value/golden.py` for where these numbers come from. */
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../core/insight/value/golden.json'), 'utf8'),
) as {
  rows: [number, number, number, ...number[]][];
  bgnbd: { parameters: number[]; standardErrors: number[]; logLikelihood: number };
};

test('bgnbd: parameters, standard errors and likelihood of a table, its columns in any order', async () => {
  const table = write('table.csv', [['T', 'id', 'x', 'tx'], ...golden.rows.map(([x, tx, t], id) => [t, id, x, tx])]);
  await evaluateBgnbd({ in: table, out });
  const { parameters, standardErrors, logLikelihood } = JSON.parse(readFileSync(out, 'utf8')) as {
    parameters: Record<string, number>;
    standardErrors: Record<string, number>;
    logLikelihood: number;
  };
  expect(Object.keys(parameters)).toEqual(['r', 'alpha', 'a', 'b']);
  expect(Object.keys(standardErrors)).toEqual(['r', 'alpha', 'a', 'b']);
  Object.values(parameters).forEach((value, at) =>
    expect(value / (golden.bgnbd.parameters[at] ?? 0)).toBeCloseTo(1, 5),
  );
  Object.values(standardErrors).forEach((value, at) =>
    expect(value / (golden.bgnbd.standardErrors[at] ?? 0)).toBeCloseTo(1, 3),
  );
  expect(logLikelihood).toBeCloseTo(golden.bgnbd.logLikelihood, 6);
});

test('bgnbd: what cannot be is refused with its line; too little is refused as such', async () => {
  const tables: [readonly (string | number)[][], RegExp][] = [
    [
      [
        ['x', 'T'],
        [1, 2],
      ],
      /no column "tx"/,
    ],
    [
      [
        ['x', 'tx', 'T'],
        [1, 2, 3],
        [1.5, 2, 3],
      ],
      /line 3/,
    ],
    [
      [
        ['x', 'tx', 'T'],
        [1, 4, 3],
      ],
      /line 2/,
    ],
    [
      [
        ['x', 'tx', 'T'],
        [1, 2, ''],
      ],
      /line 2/,
    ],
    [
      [
        ['x', 'tx', 'T'],
        [0, 0, 3],
        [2, 2, 3],
      ],
      /fewer than ten/,
    ],
  ];
  for (const [lines, message] of tables) {
    const refused = evaluateBgnbd({ in: write('bad.csv', lines), out });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(BadInput);
  }
});

const asOf = 400;
/** 300 customers with rhythms of their own, some of whom leave; and what happens later, which nobody may see. */
function writeShop(later: (day: number) => number | null): void {
  const random = seededRandom(31);
  const events: (string | number)[][] = [];
  for (let c = 0; c < 300; c++) {
    const interval = 6 + random() * 40;
    const leaves = random() < 0.4 ? 100 + random() * 300 : 999;
    for (let at = random() * 200; at < Math.min(leaves, 520); at += interval * (0.5 + random())) {
      const day = Math.floor(at);
      const told = day > asOf ? later(day) : day;
      if (told !== null) events.push([`c${c}`, told, 1 + Math.floor(random() * 5), (5 + random() * 60).toFixed(2)]);
      else random();
    }
  }
  write('shop.events.csv', [['customer', 'day', 'lines', 'amount'], ...events]);
  const customers = Array.from({ length: 300 }, (_, c) => `c${c}`);
  write('shop.input.csv', [['customer', 'asof', 'horizon'], ...[...customers, 'nobody'].map((id) => [id, asOf, 120])]);
}

test('churn and forecast answer for everybody asked about, and what came later changes nothing', async () => {
  const answers = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const evaluate of [evaluateChurn, evaluateForecast]) {
      await evaluate({ in: folder, name: 'shop', out });
      found.push(readFileSync(out, 'utf8'));
    }
    return found;
  };
  writeShop((day) => day);
  const [churn, forecast] = await answers();
  writeShop((day) => day + 1000);
  expect(await answers()).toEqual([churn, forecast]);
  writeFileSync(out, churn ?? '');
  const [head, ...rows] = readRows();
  expect(head).toEqual(['customer', 'pchurn30', 'pchurn60']);
  expect(rows.map(([id]) => id)).toEqual([...Array.from({ length: 300 }, (_, c) => `c${c}`), 'nobody']);
  for (const [, p30, p60] of rows) {
    expect(Number(p30)).toBeGreaterThanOrEqual(Number(p60));
    expect(Number(p60)).toBeGreaterThanOrEqual(0);
    expect(Number(p30)).toBeLessThanOrEqual(1);
  }
  writeFileSync(out, forecast ?? '');
  const [names, ...expected] = readRows();
  expect(names).toEqual(['customer', 'expected']);
  expect(expected).toHaveLength(301);
  expect(expected.at(-1)).toEqual(['nobody', '0']);
  expect(expected.reduce((sum, [, value]) => sum + Number(value), 0)).toBeGreaterThan(300);
});

const given = join(import.meta.dirname, '../../../../../shared/data/accuracy-dev');
const scorer = join(import.meta.dirname, '../../../../../shared/evaluate/score.mjs');
test.skipIf(!existsSync(given))(
  'the goals for churn and forecast, where the data lies beside the checkout',
  async () => {
    const { parseCsv, scoreChurn, scoreForecast } = (await import(scorer)) as {
      parseCsv(text: string): object[];
      scoreChurn(truth: object[], found: object[]): Record<'churn30' | 'churn60', { auc: number; brier: number }>;
      scoreForecast(truth: object[], found: object[]): { rmse: number; correlation: number; totalBias: number };
    };
    const read = (path: string): object[] => parseCsv(readFileSync(path, 'utf8'));
    const truth = (name: string): object[] => read(join(given, `${name}.truth.csv`));
    await evaluateChurn({ in: given, name: 'churn-uci', out });
    const uci = scoreChurn(truth('churn-uci'), read(out));
    expect(uci.churn30.auc).toBeGreaterThan(0.715);
    expect(uci.churn60.auc).toBeGreaterThan(0.727);
    expect(uci.churn60.brier).toBeLessThan(0.209);
    await evaluateChurn({ in: given, name: 'churn-grocery', out });
    const grocery = scoreChurn(truth('churn-grocery'), read(out));
    expect(grocery.churn30.auc).toBeGreaterThan(0.75);
    expect(grocery.churn60.auc).toBeGreaterThan(0.77);
    await evaluateForecast({ in: given, name: 'forecast-cdnow', out });
    const cdnow = scoreForecast(truth('forecast-cdnow'), read(out));
    expect(cdnow.rmse).toBeLessThan(1.8);
    expect(cdnow.correlation).toBeGreaterThan(0.66);
    expect(Math.abs(cdnow.totalBias)).toBeLessThan(0.1);
  },
);
