import { saveFile } from './save-file.ts';

/** UTF-8 with a byte order mark so that spreadsheets read it, CRLF, quotes doubled, formulas defused. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  `\ufeff${rows.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;

/** Rows as a CSV file, handed to the browser to save. */
export const saveCsv = (fileName: string, rows: readonly (readonly (string | number)[])[]): void =>
  saveFile(new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' }), fileName);

/** A cell that begins like a formula would run as one in a spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
