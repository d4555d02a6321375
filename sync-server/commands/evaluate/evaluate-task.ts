/** What every task of `npm run evaluate` is given and must offer. */
export interface EvaluateOptions {
  /** A folder, or a file where the task reads one. */
  readonly in: string;
  readonly out: string;
  /** Which files of the folder: `<name>.<part>.csv`. */
  readonly name?: string;
  readonly asof?: string;
  readonly support?: string;
  readonly confidence?: string;
  readonly weeks?: string;
}

export interface EvaluateTask {
  evaluate(options: EvaluateOptions): Promise<void>;
}

/** The person at the terminal can mend it: shown as one sentence, without a stack. */
export class BadInput extends Error {}

/** A number given as an option; `fallback` when it was not. */
export const numberOption = (options: EvaluateOptions, name: 'support' | 'confidence' | 'weeks', fallback?: number) => {
  const text = options[name];
  if (text === undefined && fallback !== undefined) return fallback;
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value)) throw new BadInput(`--${name} must be a number`);
  return value;
};
