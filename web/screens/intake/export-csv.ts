import { saveFile } from '#web/device/save-file.ts';

/** Rows as a CSV file that spreadsheets open in the right encoding, handed to the browser to save. */
export const exportCsv = (fileName: string, rows: readonly (readonly (string | number)[])[]): void => {
  const text = rows.map((cells) => cells.map(quoted).join(',')).join('\r\n');
  saveFile(new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv;charset=utf-8' }), fileName);
};

/** A cell that begins like a formula would run as one in a spreadsheet. */
function quoted(cell: string | number): string {
  if (typeof cell === 'number') return `${cell}`;
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.]+$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
