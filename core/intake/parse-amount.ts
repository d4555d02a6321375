/**
 * A sum of money or a count as it is written in a cell: thousands marks, the sign of our currency, full-width digits,
 * brackets or a minus for less than nothing. Gives the number in the unit it is written in, NaN when it is none. The
 * caller turns it into fen or thousandths with `scaled`. What can be read with one decimal mark only is read so; `mark`
 * decides between the two readings of `1,234`.
 */
export type DecimalMark = '.' | ',';

export const amountReader =
  (mark: DecimalMark) =>
  (cell: string): number => {
    if (cell === '') return Number.NaN;
    if (isPlain(cell, mark)) return +cell;
    const text = bareAmount(cell);
    const value = readWith(text, mark);
    return Number.isNaN(value) && markIn(cell) !== 'either' ? readWith(text, mark === '.' ? ',' : '.') : value;
  };

export const parseAmount = amountReader('.');

/** The decimal mark a cell must have been written with; `either` when it may be both, empty when it tells nothing. */
export const markIn = (cell: string): DecimalMark | 'either' | '' => {
  const text = bareAmount(cell);
  if (!/[.,]/.test(text)) return '';
  const isDot = !Number.isNaN(readWith(text, '.'));
  if (Number.isNaN(readWith(text, ','))) return isDot ? '.' : '';
  // A comma before more than two places, and not after a nought, may be somebody's way of grouping digits.
  return isDot || /[1-9]\d*,\d{3,}$/.test(text) ? 'either' : ',';
};

/** Times 100 or 1000, exact for what has at most that many decimals; else to the nearest, half away from zero. */
export const scaled = (value: number, factor: number): number => {
  const product = value * factor;
  const nearest = Math.round(Math.abs(product) + 1e-7);
  return product < 0 ? (nearest === 0 ? 0 : -nearest) : nearest;
};

/** Sign, digits and marks alone, where nothing else is in the cell but our own currency or a counting word. */
function bareAmount(cell: string): string {
  const text = cell
    .normalize('NFKC')
    .replace(/[\s¥￥'\u2212]|RMB|CNY/gi, (sign) => (sign === '\u2212' ? '-' : ''))
    .replace(/[\u5143\u4ef6\u4e2a]$/, '');
  const bracketed = /^\((.*)\)$/.exec(text);
  return bracketed ? `-${bracketed[1] ?? ''}` : text;
}

function readWith(text: string, mark: DecimalMark): number {
  const dotted = mark === '.' ? text : text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));
  return /^[+-]?(\d+\.?\d*|\.\d+|[1-9]\d{0,2}(,\d{3})+(\.\d*)?)$/.test(dotted)
    ? +dotted.replaceAll(',', '')
    : Number.NaN;
}

function isPlain(cell: string, mark: DecimalMark): boolean {
  let dots = 0;
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if ((code < 48 || code > 57) && !(code === 46 && mark === '.' && ++dots === 1) && !(code === 45 && at === 0))
      return false;
  }
  return cell !== '-' && cell !== '.';
}
