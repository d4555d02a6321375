/** BG/NBD with standard errors on drawn histories of 2,357 customers (as many as the published sample) and of 100,000. */
import { fitBgnbd } from '#core/insight/value/fit-bgnbd.ts';
import { type Repeats, groupRepeats } from '#core/insight/value/group-repeats.ts';
import { expectedPurchases } from '#core/insight/value/predict-purchases.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { type BenchChoice, measure, peakMiB } from './bench-line.ts';

export const printBgnbd = async (print: BenchChoice['print']): Promise<void> => {
  for (const customers of [2357, 100_000]) {
    const histories = drawRepeats(customers);
    const say = (name: string, ms: number): void =>
      print({ name, lines: customers, ms, runs: 5, peakMiB: peakMiB(), where: 'node' });
    const fit = fitBgnbd(groupRepeats(histories));
    if (fit === 'insufficient-evidence' || !fit.standardErrors) throw new Error('the drawn histories do not fit');
    say('insight bgnbd with standard errors', await measure(5, () => fitBgnbd(groupRepeats(histories))));
    const { repeats, recency, age } = histories;
    const expectAll = (): number => {
      let sum = 0;
      for (let c = 0; c < customers; c++)
        sum += expectedPurchases(fit.parameters, repeats[c] as number, recency[c] as number, age[c] as number, 13);
      return sum;
    };
    say('insight bgnbd expectations', await measure(5, expectAll));
  }
};

/** Weeks with days as their seventh parts, as in the published sample. */
function drawRepeats(customers: number): Repeats {
  const random = seededRandom(7);
  const exponential = (): number => -Math.log(1 - random());
  const columns = {
    repeats: new Float64Array(customers),
    recency: new Float64Array(customers),
    age: new Float64Array(customers),
  };
  for (let c = 0; c < customers; c++) {
    // Squares of uniform numbers stand in for the laws of rate and leaving: as skewed, and quick to draw.
    const rate = 0.3 * random() ** 4;
    const leaves = random() ** 2;
    const age = 27 + 12 * random();
    let [at, repeats, last] = [exponential() / rate, 0, 0];
    for (; at < age; at += exponential() / rate) {
      repeats++;
      last = at;
      if (random() < leaves) break;
    }
    columns.repeats[c] = repeats;
    columns.age[c] = Math.round(age * 7) / 7;
    columns.recency[c] = Math.min(columns.age[c] as number, Math.round(last * 7) / 7);
  }
  return columns;
}
