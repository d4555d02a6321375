/**
 * Logistic regression with a ridge penalty, by damped Newton steps: a step is halved until the penalised
 * log-likelihood rises, because the plain step diverges at base rates below 6 %. The intercept is not penalised.
 * `features` is row-major, `width` a row; the answer has `width + 1` numbers, the intercept first.
 */
import { logistic } from './logistic.ts';
import { solveSymmetric } from './solve-symmetric.ts';

export const fitRidgeLogistic = (
  features: Float64Array,
  width: number,
  labels: Uint8Array,
  penalty: number,
  steps = 25,
): Float64Array => {
  const size = width + 1;
  let weights = new Float64Array(size);
  let best = logLikelihood(features, width, labels, weights, penalty);
  for (let step = 0; step < steps; step++) {
    const direction = newtonDirection(features, width, labels, weights, penalty);
    let scale = 1;
    let next = weights;
    let value = best;
    do {
      next = weights.map((weight, at) => weight + scale * (direction[at] ?? 0));
      value = logLikelihood(features, width, labels, next, penalty);
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
  let sum = weights[0] ?? 0;
  for (let j = 1; j < weights.length; j++) sum += (weights[j] ?? 0) * (row[start + j - 1] ?? 0);
  return sum;
};

function logLikelihood(
  features: Float64Array,
  width: number,
  labels: Uint8Array,
  weights: Float64Array,
  penalty: number,
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const z = logitOf(weights, features, i * width);
    // ln(1 + e^z) without overflow.
    const soft = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
    sum += (labels[i] ?? 0) * z - soft;
  }
  for (let j = 1; j <= width; j++) sum -= (penalty / 2) * (weights[j] ?? 0) ** 2;
  return sum;
}

function newtonDirection(
  features: Float64Array,
  width: number,
  labels: Uint8Array,
  weights: Float64Array,
  penalty: number,
): Float64Array {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const row = new Float64Array(size);
  row[0] = 1;
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < width; j++) row[j + 1] = features[i * width + j] ?? 0;
    const p = logistic(logitOf(weights, features, i * width));
    const error = (labels[i] ?? 0) - p;
    const weight = p * (1 - p);
    for (let j = 0; j < size; j++) {
      gradient[j] = (gradient[j] ?? 0) + error * (row[j] ?? 0);
      for (let k = 0; k <= j; k++)
        hessian[j * size + k] = (hessian[j * size + k] ?? 0) + weight * (row[j] ?? 0) * (row[k] ?? 0);
    }
  }
  for (let j = 0; j < size; j++) {
    const ridge = j === 0 ? 1e-9 : penalty;
    gradient[j] = (gradient[j] ?? 0) - (j === 0 ? 0 : penalty * (weights[j] ?? 0));
    hessian[j * size + j] = (hessian[j * size + j] ?? 0) + ridge;
    for (let k = 0; k < j; k++) hessian[k * size + j] = hessian[j * size + k] ?? 0;
  }
  return solveSymmetric(hessian, gradient);
}
