/** How likely each customer is to buy nothing within 30 and 60 days. */
import { churnFeatureCount, writeChurnFeatures } from '#core/insight/churn/churn-features.ts';
import { type ChurnParameters, churnHorizons, defaultChurnParameters } from '#core/insight/churn/churn-parameters.ts';
import { fitChurn } from '#core/insight/churn/fit-churn.ts';
import { predictChurn } from '#core/insight/churn/predict-churn.ts';
import { firstAfter } from '#core/insight/purchase-days.ts';
import { fitSilence } from '#core/insight/value/fit-silence.ts';
import { partPath, readCsv, wholeNumber, writeCsv } from './csv.ts';
import type { EvaluateOptions } from './evaluate-task.ts';
import { readEventHistory } from './read-purchase-days.ts';

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const path = partPath(options, 'input');
  const { places, days } = readEventHistory(options);
  const fitted = new Map<number, { parameters: ChurnParameters; silence: ReturnType<typeof fitSilence> }>();
  const row = new Float64Array(churnFeatureCount);
  const rows = readCsv(path, ['customer', 'asof']).map((cells) => {
    const customer = cells[0] ?? '';
    const asOf = wholeNumber(cells[1] ?? '', path);
    const known = fitted.get(asOf) ?? {
      parameters: fitChurn(days, asOf, (origin) => fitSilence(days, origin), defaultChurnParameters),
      silence: fitSilence(days, asOf),
    };
    fitted.set(asOf, known);
    const place = places.get(customer);
    const [from, to] = place === undefined ? [0, 0] : [days.start[place] as number, days.start[place + 1] as number];
    // Whoever never bought cannot come back.
    if (place === undefined || firstAfter(days, from, to, asOf) === from) return [customer, 1, 1];
    writeChurnFeatures(row, 0, days, from, to, asOf, known.parameters.gapDays);
    const silence = churnHorizons.map((horizon) => known.silence(place, horizon));
    return [customer, ...predictChurn(known.parameters, row, silence, new Float64Array(churnHorizons.length))];
  });
  writeCsv(options.out, ['customer', 'pchurn30', 'pchurn60'], rows);
};
