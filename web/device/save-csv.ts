import { saveFile } from './save-file.ts';

export type CsvRow = readonly (string | number)[];

/** So that spreadsheets read the file as UTF-8. */
const byteOrderMark = '\ufeff';

/** UTF-8 with a byte order mark, CRLF, quotes doubled, formulas defused. */
export const csvText = (rows: readonly CsvRow[]): string => `${byteOrderMark}${lines(rows)}`;

/** Rows as a CSV file, handed to the browser to save. */
export const saveCsv = (fileName: string, rows: readonly CsvRow[]): void => saveParts(fileName, [csvText(rows)]);

/** A file of any length, its rows in pieces. */
export const saveLongCsv = async (fileName: string, pieces: AsyncIterable<readonly CsvRow[]>): Promise<void> => {
  const parts = [byteOrderMark];
  for await (const rows of pieces) parts.push(lines(rows));
  saveParts(fileName, parts);
};

const lines = (rows: readonly CsvRow[]): string => rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

const saveParts = (fileName: string, parts: string[]): void =>
  saveFile(new Blob(parts, { type: 'text/csv;charset=utf-8' }), fileName);

/** A cell that begins like a formula would run as one in a spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === 'number') return `${value}`;
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
