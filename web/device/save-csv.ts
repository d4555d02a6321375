import { type CsvRow, byteOrderMark, csvLines, csvText } from './csv-text.ts';
import { saveFile } from './save-file.ts';

/** Rows as a CSV file, handed to the browser to save. */
export const saveCsv = (fileName: string, rows: readonly CsvRow[]): void => saveParts(fileName, [csvText(rows)]);

/** A file of any length, its rows in pieces. */
export const saveLongCsv = async (fileName: string, pieces: AsyncIterable<readonly CsvRow[]>): Promise<void> => {
  const parts = [byteOrderMark];
  for await (const rows of pieces) parts.push(csvLines(rows));
  saveParts(fileName, parts);
};

const saveParts = (fileName: string, parts: string[]): void =>
  saveFile(new Blob(parts, { type: 'text/csv;charset=utf-8' }), fileName);
