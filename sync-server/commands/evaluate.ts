/**
 * Predicts from files, with the product's own core, in the formats accuracy is judged in; what a task learns from lies
 * in the files it is given and nowhere else. Messages go to standard error; 0 when the answer was written, 1 when not,
 * 2 when an option is unknown.
 *
 *   npm run evaluate -- <task> --in <folder|file> [--name <name>] --out <file> [options of the task]
 */
import { BadInput, type EvaluateTask } from './evaluate/evaluate-task.ts';
import { readOptions } from './read-options.ts';

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
  const { task, options } = readArguments();
  await (await task()).evaluate(options);
} catch (error) {
  console.error(error instanceof BadInput ? `evaluate: ${error.message}` : error);
  process.exit(1);
}

function readArguments() {
  const { values, positionals } = readOptions(
    `npm run evaluate -- <${Object.keys(tasks).join(' | ')}> --in <folder|file> --out <file> [--name <name>] [options of the task]`,
    {
      in: { type: 'string' },
      out: { type: 'string' },
      name: { type: 'string' },
      asof: { type: 'string' },
      support: { type: 'string' },
      confidence: { type: 'string' },
      weeks: { type: 'string' },
    },
    { hasNames: true },
  );
  const [name] = positionals;
  const task = tasks[name ?? ''];
  if (!task || positionals.length !== 1)
    throw new BadInput(`no task "${positionals.join(' ')}"; there are: ${Object.keys(tasks).join(', ')}`);
  const { in: from, out, ...rest } = values;
  if (!from || !out) throw new BadInput(`${name} needs --in and --out`);
  return { task, options: { in: from, out, ...rest } };
}
