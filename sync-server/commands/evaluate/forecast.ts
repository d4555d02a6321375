/** How many purchase days each customer will have within the horizon asked for. */
import { fitValue } from '#core/insight/value/fit-value.ts';
import { createForecast, predictValue } from '#core/insight/value/predict-value.ts';
import { createSummary, summarisePurchases } from '#core/insight/value/summarise-purchases.ts';
import type { ValueParameters } from '#core/insight/value/value-parameters.ts';
import { partPath, readCsv, wholeNumber, writeCsv } from './csv.ts';
import type { EvaluateOptions } from './evaluate-task.ts';
import { readEventHistory } from './read-purchase-days.ts';

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const path = partPath(options, 'input');
  const { places, days } = readEventHistory(options);
  const fitted = new Map<string, ValueParameters>();
  const [summary, forecast] = [createSummary(), createForecast()];
  const rows = readCsv(path, ['customer', 'asof', 'horizon']).map((cells) => {
    const customer = cells[0] ?? '';
    const [asOf, horizon] = [wholeNumber(cells[1] ?? '', path), wholeNumber(cells[2] ?? '', path)];
    const key = `${asOf}/${horizon}`;
    const parameters = fitted.get(key) ?? fitValue(days, asOf, horizon);
    fitted.set(key, parameters);
    const place = places.get(customer);
    if (place === undefined) return [customer, 0];
    const [from, to] = [days.start[place] as number, days.start[place + 1] as number];
    predictValue(parameters, summarisePurchases(days, from, to, asOf, summary), horizon, forecast);
    return [customer, forecast.purchases];
  });
  writeCsv(options.out, ['customer', 'expected'], rows);
};
