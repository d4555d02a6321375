import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { aPanel } from '#tests/core/insight/demand/demand-makers.ts';
import { evaluate } from '#sync-server/commands/evaluate/demand.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-demand-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'out.csv');
type Row = readonly [item: string, week: number, units: number, price: number, deal: number, feat: number];

const panel = aPanel({ series: 12, weeks: 46, seed: 6 });
const rows: Row[] = Array.from({ length: 12 * 46 }, (_, at): Row => {
  const { price, deal, feature } = panel.signals;
  // The first series ends early, another misses weeks.
  return [`p${Math.floor(at / 46)}-north`, 100 + (at % 46), panel.units[at]!, price[at]!, deal[at]!, feature[at]!];
}).filter(([item, week]) => !(item === 'p0-north' && week > 141) && !(item === 'p1-north' && week % 7 === 3));

const forecast = async (of: readonly Row[], columns = 6): Promise<Map<string, number>> => {
  const header = ['item', 'week', 'units', 'price', 'deal', 'feat'].slice(0, columns);
  writeFileSync(join(folder, 'shop.series.csv'), [header, ...of.map((row) => row.slice(0, columns))].join('\n'));
  await evaluate({ in: folder, name: 'shop', out });
  const [first, ...lines] = readFileSync(out, 'utf8').trim().split('\n');
  expect(first).toBe('item,week,expected');
  return new Map(
    lines.map((line) => {
      const [item, week, expected] = line.split(',');
      return [`${item} ${week}`, Number(expected)];
    }),
  );
};

test('the last eight weeks of every series, weeks it has', async () => {
  const found = await forecast(rows);
  const expected = rows
    .filter(([item, week]) => week > (item === 'p0-north' ? 133 : 137))
    .map(([item, week]) => `${item} ${week}`);
  expect([...found.keys()].sort()).toEqual(expected.sort());
  expect([...found.values()].every((value) => value > 0)).toBe(true);
});

test('later weeks change no forecast, whether changed or missing', async () => {
  const whole = await forecast(rows);
  const changed = await forecast(
    rows.map(([item, week, units, price, deal, feat]): Row =>
      week > 140 ? [item, week, units * 7 + 3, price / 2, 1 - deal, feat] : [item, week, units, price, deal, feat],
    ),
  );
  const cut = await forecast(rows.filter(([, week]) => week <= 140));
  let same = 0;
  for (const [key, value] of whole) {
    if (Number(key.split(' ')[1]) > 140) continue;
    expect(changed.get(key)).toBe(value);
    expect(cut.get(key)).toBe(value);
    same++;
  }
  expect(same).toBeGreaterThan(30);
  expect(changed.get('p5-north 143')).not.toBe(whole.get('p5-north 143'));
});

test('units alone are enough', async () => {
  expect((await forecast(rows, 3)).size).toBe((await forecast(rows)).size);
});

test('bad input is said in one sentence', async () => {
  await expect(evaluate({ in: folder, name: 'nothing', out })).rejects.toThrow('cannot read');
  await expect(evaluate({ in: folder, name: 'shop', out, weeks: '0' })).rejects.toThrow('--weeks must be');
  await expect(evaluate({ in: folder, name: 'shop', out, weeks: '46' })).rejects.toThrow('spans 46 weeks');
});

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

describe.skipIf(!existsSync(shared))('reference data (needs it beside the checkout)', () => {
  test('weekly units of a household wholesaler: WAPE at most .555, MASE at most .83', async () => {
    const data = join(shared, 'data/accuracy-dev');
    await evaluate({ in: data, name: 'demand-uci', out });
    const scorer = join(shared, 'evaluate/score.mjs');
    const score = JSON.parse(
      execFileSync(process.execPath, [scorer, 'demand', join(data, 'demand-uci.series.csv'), out, '--weeks', '8'], {
        encoding: 'utf8',
      }),
    ) as { wape: number; mase: number; missing: number };
    expect(score.missing).toBe(0);
    expect(score.wape).toBeLessThanOrEqual(0.555);
    expect(score.mase).toBeLessThanOrEqual(0.83);
  });
});
