/** The plain tables accuracy is judged in: a header line, commas, no quotes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';

/** `<in>/<name>.<part>.csv`. */
export const partPath = (options: EvaluateOptions, part: string): string => {
  if (!options.name) throw new BadInput('--name is missing: which files of the folder?');
  return join(options.in, `${options.name}.${part}.csv`);
};

/** The cells of each line in the order of `columns`; an `optional` column that is not there gives empty cells. */
export const readCsv = (path: string, columns: readonly string[], optional: readonly string[] = []): string[][] => {
  const lines = readLines(path);
  const header = (lines[0] ?? '').split(',').map((cell) => cell.trim());
  const places = columns.map((column) => {
    const at = header.indexOf(column);
    if (at < 0 && !optional.includes(column)) throw new BadInput(`${path} has no column "${column}"`);
    return at;
  });
  return lines.slice(1).map((line) => {
    const cells = line.split(',');
    return places.map((at) => cells[at]?.trim() ?? '');
  });
};

/** A whole number from a cell; names the file and the cell when it is none. */
export const wholeNumber = (cell: string, path: string): number => {
  const value = Number(cell);
  if (cell === '' || !Number.isSafeInteger(value)) throw new BadInput(`${path}: "${cell}" is not a whole number`);
  return value;
};

export const writeCsv = (
  path: string,
  columns: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): void => {
  const lines = [columns.join(',')];
  for (const row of rows) lines.push(row.join(','));
  try {
    writeFileSync(path, `${lines.join('\n')}\n`);
  } catch (error) {
    throw new BadInput(`cannot write ${path}: ${(error as Error).message}`);
  }
};

/** Without empty lines, whatever the line ends. */
export const readLines = (path: string): string[] => {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput(`cannot read ${path}: ${(error as Error).message}`);
  }
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
};
