/** `<name>.events.csv` (`customer,day[,lines][,amount]`) as the days on which customers bought; amounts become fen. */
import type { PurchaseDayColumns } from '#core/insight/purchase-days.ts';
import { partPath, readCsv, wholeNumber } from './csv.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';

export interface EventHistory {
  /** Place of each customer in the columns. */
  readonly places: ReadonlyMap<string, number>;
  readonly days: PurchaseDayColumns;
}

export const readEventHistory = (options: EvaluateOptions): EventHistory => {
  const path = partPath(options, 'events');
  const byCustomer = new Map<string, { day: number; lines: number; fen: number }[]>();
  for (const [customer, day, lines, amount] of readCsv(
    path,
    ['customer', 'day', 'lines', 'amount'],
    ['lines', 'amount'],
  )) {
    const events = byCustomer.get(customer ?? '') ?? [];
    if (events.length === 0) byCustomer.set(customer ?? '', events);
    const fen = amount ? Math.round(Number(amount) * 100) : 0;
    if (!Number.isFinite(fen)) throw new BadInput(`${path}: "${amount}" is not an amount`);
    events.push({ day: wholeNumber(day ?? '', path), lines: lines ? wholeNumber(lines, path) : 1, fen });
  }
  // In order of id: what is learnt may depend on which customers a sample takes.
  const ids = [...byCustomer.keys()].sort();
  const start = new Int32Array(ids.length + 1);
  const [day, lines, amountFen]: [number[], number[], number[]] = [[], [], []];
  ids.forEach((id, place) => {
    let last = Number.NEGATIVE_INFINITY;
    for (const event of (byCustomer.get(id) ?? []).sort((a, b) => a.day - b.day)) {
      if (event.day !== last) {
        day.push(event.day);
        lines.push(0);
        amountFen.push(0);
        last = event.day;
      }
      const at = day.length - 1;
      lines[at] = (lines[at] as number) + event.lines;
      amountFen[at] = (amountFen[at] as number) + event.fen;
    }
    start[place + 1] = day.length;
  });
  return {
    places: new Map(ids.map((id, place) => [id, place])),
    days: {
      start,
      day: Int32Array.from(day),
      lines: Int32Array.from(lines),
      amountFen: Float64Array.from(amountFen),
    },
  };
};
