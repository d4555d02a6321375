/** What the columns of numbers say about themselves, row by row: scope and unit of the money, and the decimal mark. */
import { cleanCell } from './clean-cell.ts';
import { type FieldTarget, paidTargets } from './field-target.ts';
import { foreignCurrency } from './foreign-currency.ts';
import type { Mapping } from './mapping.ts';
import { type MarkVerdict, createMarkEvidence } from './mark-evidence.ts';
import { type MoneyVerdict, createMoneyEvidence } from './money-evidence.ts';
import { amountReader } from './parse-amount.ts';

export interface NumberEvidence {
  row(cells: readonly string[]): void;
  verdict(): { readonly money: MoneyVerdict; readonly mark: MarkVerdict };
}

const numberTargets: readonly FieldTarget[] = [
  ...paidTargets,
  'quantity',
  'line-price',
  'freight',
  'line-discount',
  'order-discount',
  'line-refund',
  'order-refund',
];

export const createNumberEvidence = ({ columns, answers }: Mapping, amountColumn: number): NumberEvidence => {
  const money = createMoneyEvidence();
  const marks = createMarkEvidence();
  const [parseAmount, parseOther] = [
    amountReader(answers.decimalMark),
    amountReader(answers.decimalMark === '.' ? ',' : '.'),
  ];
  const numbers = columns.flatMap((target, column) => (numberTargets.includes(target) ? [column] : []));
  const [currencyColumn, orderColumn, quantityColumn] = [
    columns.indexOf('currency'),
    columns.indexOf('order'),
    columns.indexOf('quantity'),
  ];
  const itemColumn = columns.findIndex((target) => ['sku-code', 'item-code', 'item-name'].includes(target));
  let lastOrder = '';
  return {
    row(cells) {
      for (const column of numbers) marks.take(cleanCell(cells[column] ?? ''), column !== quantityColumn);
      const order = cells[orderColumn] ?? '';
      const isSameOrder = order === lastOrder;
      lastOrder = order;
      if (foreignCurrency(cleanCell(cells[currencyColumn] ?? '')) !== '') return;
      const quantity = quantityColumn < 0 ? 1 : parseAmount(cleanCell(cells[quantityColumn] ?? ''));
      const amount = cleanCell(cells[amountColumn] ?? '');
      const value = parseAmount(amount);
      const mark = amount[amount.length - 3];
      money.take(value, quantity, cells[itemColumn] ?? '', isSameOrder, {
        hasCents: mark === '.' || mark === ',',
        otherAmount: amount.includes(',') || amount[amount.length - 4] === '.' ? parseOther(amount) : value,
        order: cleanCell(order),
      });
    },
    verdict: () => ({ money: money.verdict(), mark: marks.verdict() }),
  };
};
