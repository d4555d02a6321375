/** The currency a cell names when it is not the one the books are kept in; empty otherwise. */
import { otherCurrencies, ownCurrency } from './currencies.data.ts';

const own = new Set(ownCurrency);
const others = new Set(otherCurrencies);

/** Of a column that names currencies: whatever is not ours is another. */
export const foreignCurrency = (cell: string): string => {
  if (cell === '' || own.has(cell)) return '';
  const word = bareWord(cell);
  return own.has(word) ? '' : word;
};

/** Of a sum: only what is a currency's sign, code or name beside a number. */
export const foreignCurrencyOfAmount = (cell: string): string => {
  const word = /\d/.test(cell) ? bareWord(cell) : '';
  return !own.has(word) && (/\p{Sc}|^[A-Z]{3}$/u.test(word) || others.has(word)) ? word : '';
};

function bareWord(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[\d\s.,'()+\-\u2212]/g, '')
    .toUpperCase();
}
