/**
 * Logistic regression with a ridge penalty, by damped Newton steps: a step is halved until the penalised
 * log-likelihood rises, because the plain step diverges at base rates below 6 %. `features` is row-major, `width` a
 * row; the answer has `width + 1` numbers, the intercept first. A row counts `labels` successes in `trials` trials (one
 * unless told): the sum of successes x z - trials x ln(1 + e^z). The intercept is penalised only when asked; `offsets`
 * are log odds to start from, so that the weights say only what is to be corrected.
 */
import { crossProducts } from './cross-products.ts';
import { logistic } from './logistic.ts';
import { solveSymmetric } from './solve-symmetric.ts';

export interface RidgeOptions {
  readonly trials?: ArrayLike<number>;
  readonly offsets?: ArrayLike<number>;
  readonly interceptPenalty?: number;
}

export const fitRidgeLogistic = (
  features: Float64Array,
  width: number,
  labels: Uint8Array,
  penalty: number,
  steps = 25,
  options: RidgeOptions = {},
): Float64Array => {
  const size = width + 1;
  const task: Task = { ...options, features, width, labels, penalty };
  let weights = new Float64Array(size);
  const forms = new Float64Array(labels.length);
  let best = logLikelihood(task, weights, forms);
  for (let step = 0; step < steps; step++) {
    const direction = newtonDirection(task, weights, forms);
    let scale = 1;
    let next = weights;
    let value = best;
    do {
      next = weights.map((weight, at) => weight + scale * (direction[at] as number));
      value = logLikelihood(task, next, forms);
      scale /= 2;
    } while (!(value >= best) && scale > 1e-6);
    if (!(value >= best)) break;
    const gain = value - best;
    weights = next;
    best = value;
    if (gain < 1e-9 * (1 + Math.abs(best))) break;
  }
  return weights;
};

export const logitOf = (weights: ArrayLike<number>, row: ArrayLike<number>, start = 0): number => {
  let sum = weights[0] as number;
  for (let j = 1; j < weights.length; j++) sum += (weights[j] as number) * (row[start + j - 1] as number);
  return sum;
};

interface Task extends RidgeOptions {
  readonly features: Float64Array;
  readonly width: number;
  readonly labels: Uint8Array;
  readonly penalty: number;
}

/** Writes the linear form of each row into `forms`. */
function logLikelihood(task: Task, weights: Float64Array, forms: Float64Array): number {
  const { features, width, labels, trials, offsets, penalty, interceptPenalty = 0 } = task;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const z = (offsets?.[i] ?? 0) + logitOf(weights, features, i * width);
    // ln(1 + e^z) without overflow.
    const soft = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
    sum += (labels[i] as number) * z - (trials?.[i] ?? 1) * soft;
    forms[i] = z;
  }
  for (let j = 1; j <= width; j++) sum -= (penalty / 2) * (weights[j] as number) ** 2;
  return sum - (interceptPenalty / 2) * (weights[0] as number) ** 2;
}

function newtonDirection(task: Task, weights: Float64Array, forms: Float64Array): Float64Array {
  const { features, width, labels, trials, penalty, interceptPenalty = 0 } = task;
  const size = width + 1;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const p = logistic(forms[i] as number);
    const tried = trials?.[i] ?? 1;
    const error = (labels[i] as number) - tried * p;
    curvature[i] = tried * p * (1 - p);
    gradient[0] = (gradient[0] as number) + error;
    for (let j = 1; j < size; j++)
      gradient[j] = (gradient[j] as number) + error * (features[i * width + j - 1] as number);
  }
  const hessian = crossProducts(features, width, curvature);
  for (let j = 0; j < size; j++) {
    const ridge = j === 0 ? interceptPenalty : penalty;
    gradient[j] = (gradient[j] as number) - ridge * (weights[j] as number);
    hessian[j * size + j] = (hessian[j * size + j] as number) + Math.max(1e-9, ridge);
  }
  return solveSymmetric(hessian, gradient);
}
