/**
 * A sum of money or a count as it is written in a cell: thousands marks, a currency sign, full-width digits, brackets
 * or a minus for less than nothing. Gives the number in the unit it is written in, NaN when it is none. The caller
 * turns it into fen or thousandths with `scaled`.
 */
export const parseAmount = (cell: string): number => {
  if (cell === '') return Number.NaN;
  if (isPlain(cell)) return +cell;
  let text = cell
    .normalize('NFKC')
    .replace(/[\s,，¥￥$€£'\u2212]|RMB|CNY|USD|GBP/gi, (mark) => (mark === '\u2212' ? '-' : ''));
  text = text.replace(/[\u5143\u4ef6\u4e2a]$/, '');
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) text = `-${bracketed[1] ?? ''}`;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? +text : Number.NaN;
};

/** Times 100 or 1000, exact for what has at most that many decimals; else to the nearest, half away from zero. */
export const scaled = (value: number, factor: number): number => {
  const product = value * factor;
  const nearest = Math.round(Math.abs(product) + 1e-7);
  return product < 0 ? (nearest === 0 ? 0 : -nearest) : nearest;
};

function isPlain(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if ((code < 48 || code > 57) && code !== 46 && !(code === 45 && at === 0)) return false;
  }
  return cell !== '-' && cell !== '.';
}
