export type CsvRow = readonly (string | number)[];

/** So that spreadsheets read the file as UTF-8. */
export const byteOrderMark = '\ufeff';

/** CRLF, quotes doubled, formulas defused. */
export const csvLines = (rows: readonly CsvRow[]): string =>
  rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

/** A whole file: UTF-8 with a byte order mark. */
export const csvText = (rows: readonly CsvRow[]): string => `${byteOrderMark}${csvLines(rows)}`;

/** A cell that begins like a formula would run as one in a spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
