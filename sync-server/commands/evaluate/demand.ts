/**
 * `<name>.series.csv` (item, week, units and, where promotions are known, price, deal, feat) → item, week, expected: one
 * forecast for each of the last `--weeks` weeks (8) of every series. The forecast of a week, and everything it is made
 * with, is learnt from earlier weeks alone; price, deal and feat of the week itself are the plan for it. Items named
 * `<product>-<shop>` are rivals within their shop.
 */
import type { DemandPanel } from '#core/insight/demand/demand-panel.ts';
import { fitDemand } from '#core/insight/demand/fit-demand.ts';
import { predictDemand } from '#core/insight/demand/predict-demand.ts';
import { partPath, readCsv, wholeNumber, writeCsv } from './csv.ts';
import { BadInput, type EvaluateOptions, numberOption } from './evaluate-task.ts';

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const path = partPath(options, 'series');
  const weeks = numberOption(options, 'weeks', 8);
  if (!Number.isInteger(weeks) || weeks < 1) throw new BadInput('--weeks must be a whole number of weeks');
  const { panel, items, firstWeek, lastWeek } = readPanel(path);
  const longest = Math.max(...lastWeek);
  if (weeks > longest)
    throw new BadInput(
      `--weeks ${weeks} is too many: ${path} spans ${longest + 1} weeks, and the first has none to learn from`,
    );
  const expected = new Map<string, number>();
  for (let week = Math.max(1, Math.min(...lastWeek) - weeks + 1); week < panel.weeks; week++) {
    const wanted = Int32Array.from(items.keys()).filter((s) => week > lastWeek[s]! - weeks && week <= lastWeek[s]!);
    if (wanted.length === 0) continue;
    const columns = predictDemand(fitDemand(panel, week), panel, week, wanted);
    for (const s of wanted)
      if (!Number.isNaN(panel.units[s * panel.weeks + week]!)) expected.set(`${s} ${week}`, columns.expected[s]!);
  }
  const rows = items.flatMap((item, s) =>
    Array.from({ length: weeks }, (_, at) => lastWeek[s]! - weeks + 1 + at)
      .filter((week) => expected.has(`${s} ${week}`))
      .map((week) => [item, week + firstWeek, orNothing(expected.get(`${s} ${week}`))]),
  );
  writeCsv(options.out, ['item', 'week', 'expected'], rows);
};

/** A series without an earlier week has shown no demand. */
const orNothing = (expected: number | undefined): number =>
  expected === undefined || Number.isNaN(expected) ? 0 : expected;

function readPanel(path: string) {
  const cells = readCsv(path, ['item', 'week', 'units', 'price', 'deal', 'feat'], ['price', 'deal', 'feat']);
  if (cells.length === 0) throw new BadInput(`${path} has no rows`);
  const items = [...new Set(cells.map((row) => row[0]!))];
  const seriesOf = new Map(items.map((item, at) => [item, at]));
  const weekOf = cells.map((row) => wholeNumber(row[1]!, path));
  const firstWeek = weekOf.reduce((least, week) => Math.min(least, week), Infinity);
  const weeks = weekOf.reduce((most, week) => Math.max(most, week), -Infinity) - firstWeek + 1;
  if (weeks * items.length > 50_000_000) throw new BadInput(`${path}: the weeks lie too far apart`);
  const unknown = (): Float64Array => new Float64Array(items.length * weeks).fill(Number.NaN);
  const units = unknown();
  const price = unknown();
  const deal = unknown();
  const feature = unknown();
  const lastWeek = new Int32Array(items.length);
  cells.forEach((row, at) => {
    const series = seriesOf.get(row[0]!)!;
    const week = weekOf[at]! - firstWeek;
    lastWeek[series] = Math.max(lastWeek[series]!, week);
    const to = series * weeks + week;
    units[to] = numberCell(row[2]!, path);
    price[to] = row[3] === '' ? Number.NaN : numberCell(row[3]!, path);
    deal[to] = row[4] === '' ? 0 : numberCell(row[4]!, path);
    feature[to] = row[5] === '' ? 0 : numberCell(row[5]!, path);
  });
  const shops = [...new Set(items.map(shopOf))];
  const group = Int32Array.from(items, (item) => (shopOf(item) === '' ? -1 : shops.indexOf(shopOf(item))));
  const signals = price.some((value) => value > 0) ? { price, deal, feature, due: null } : null;
  const panel: DemandPanel = { series: items.length, weeks, group, units, signals };
  return { panel, items, firstWeek, lastWeek };
}

const shopOf = (item: string): string => (item.includes('-') ? item.slice(item.lastIndexOf('-') + 1) : '');

function numberCell(cell: string, path: string): number {
  const value = Number(cell);
  if (cell === '' || !Number.isFinite(value)) throw new BadInput(`${path}: "${cell}" is not a number`);
  return value;
}
