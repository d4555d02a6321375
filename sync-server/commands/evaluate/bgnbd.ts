/** BG/NBD on a table `x,tx,T`: parameters, standard errors, log-likelihood, as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fitBgnbd } from '#core/insight/value/fit-bgnbd.ts';
import { type Repeats, groupRepeats } from '#core/insight/value/group-repeats.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';

export const evaluate = async ({ in: path, out }: EvaluateOptions): Promise<void> => {
  const fit = fitBgnbd(groupRepeats(readRepeats(path)));
  if (fit === 'insufficient-evidence') throw new BadInput(`${path}: fewer than ten customers bought again`);
  const { parameters, standardErrors, logLikelihood, isAtEdge } = fit;
  if (isAtEdge) console.error('bgnbd: the table does not determine every parameter; there are no standard errors');
  writeFileSync(out, `${JSON.stringify({ parameters, standardErrors, logLikelihood })}\n`);
};

function readRepeats(path: string): Repeats {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  const header = (lines[0] ?? '').split(',').map((cell) => cell.trim());
  const places = ['x', 'tx', 'T'].map((column) => {
    const at = header.indexOf(column);
    if (at < 0) throw new BadInput(`${path} has no column "${column}"`);
    return at;
  });
  const columns = places.map(() => new Float64Array(lines.length)) as [Float64Array, Float64Array, Float64Array];
  const [repeats, recency, age] = columns;
  let size = 0;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line === '') continue;
    const cells = line.split(',');
    columns.forEach((column, which) => {
      const cell = cells[places[which] as number]?.trim() ?? '';
      column[size] = cell === '' ? Number.NaN : Number(cell);
    });
    const [x, tx, t] = [repeats[size] as number, recency[size] as number, age[size] as number];
    if (!Number.isSafeInteger(x) || x < 0 || !(tx >= 0) || !(t >= tx) || !Number.isFinite(t))
      throw new BadInput(`${path}, line ${at + 1}: needs a whole x and 0 <= tx <= T, not "${line}"`);
    size++;
  }
  return { repeats: repeats.subarray(0, size), recency: recency.subarray(0, size), age: age.subarray(0, size) };
}
