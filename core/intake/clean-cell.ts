/**
 * A cell as it was meant: without the tab or apostrophe that stops spreadsheets from rounding ids, without spaces
 * around it; the ways of writing "nothing" are the empty text. Ids stay text.
 */
import { emptyWords } from './empty-words.data.ts';

const empty = new Set(emptyWords);

export const cleanCell = (cell: string): string => {
  const length = cell.length;
  if (length === 0) return cell;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(length - 1);
  // Digits, letters other than n (null, none, nan) and words of two Chinese letters or more need no cleaning.
  const isPlainStart =
    (first >= 48 && first <= 57) || (first >= 65 && first <= 122 && (first | 32) !== 110 && first !== 96);
  if ((isPlainStart || (first >= 0x4e00 && length > 1)) && last > 39 && (last < 0x2000 || last >= 0x4e00)) return cell;
  let text = cell.trim();
  if (text.startsWith('="') && text.endsWith('"')) text = text.slice(2, -1);
  text = text.replace(/^['`\t\ufeff\u200b]+/, '').trim();
  return text.length <= 4 && empty.has(text.toLowerCase()) ? '' : text;
};
