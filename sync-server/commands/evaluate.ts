/**
 * Predicts from files, with the product's own core, in the formats accuracy is judged in; what a task learns from lies
 * in the files it is given and nowhere else. Messages go to standard error; 0 when the answer was written, else 1.
 *
 *   npm run evaluate -- <task> --in <folder|file> [--name <name>] --out <file> [options of the task]
 */
import { parseArgs } from 'node:util';
import { BadInput, type EvaluateTask } from './evaluate/evaluate-task.ts';

/** Loaded when asked for: a task brings its own models. One line each, in order of the alphabet. */
const tasks: Readonly<Record<string, () => Promise<EvaluateTask>>> = {
  basket: () => import('./evaluate/basket.ts'),
  bgnbd: () => import('./evaluate/bgnbd.ts'),
  churn: () => import('./evaluate/churn.ts'),
  demand: () => import('./evaluate/demand.ts'),
  forecast: () => import('./evaluate/forecast.ts'),
  itemsets: () => import('./evaluate/itemsets.ts'),
  rfm: () => import('./evaluate/rfm.ts'),
  rules: () => import('./evaluate/rules.ts'),
  timing: () => import('./evaluate/timing.ts'),
};

try {
  const { task, options } = readArguments(process.argv.slice(2));
  await (await task()).evaluate(options);
} catch (error) {
  console.error(error instanceof BadInput ? `evaluate: ${error.message}` : error);
  process.exit(1);
}

function readArguments(args: string[]) {
  const { values, positionals } = parse(args);
  const [name] = positionals;
  const task = tasks[name ?? ''];
  if (!task || positionals.length !== 1)
    throw new BadInput(`no task "${positionals.join(' ')}"; there are: ${Object.keys(tasks).join(', ')}`);
  const { in: from, out, ...rest } = values;
  if (!from || !out) throw new BadInput(`${name} needs --in and --out`);
  return { task, options: { in: from, out, ...rest } };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        in: { type: 'string' },
        out: { type: 'string' },
        name: { type: 'string' },
        asof: { type: 'string' },
        support: { type: 'string' },
        confidence: { type: 'string' },
        weeks: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BadInput((error as Error).message);
  }
}
