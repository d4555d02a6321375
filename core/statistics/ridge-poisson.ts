/**
 * Poisson regression (mean = exp of a linear form) with a ridge penalty, by damped Newton steps: a step is halved until
 * the penalised log-likelihood rises. The intercept is not penalised. `features` is row-major, `width` a row; `counts`
 * may be any numbers from 0 on; `offsets` are added to the form of each row. The answer has `width + 1` numbers, the intercept first (see `logitOf`).
 */
import { crossProducts } from './cross-products.ts';
import { logitOf } from './ridge-logistic.ts';
import { solveSymmetric } from './solve-symmetric.ts';

export const fitRidgePoisson = (
  features: Float64Array,
  width: number,
  counts: ArrayLike<number>,
  penalty: number,
  offsets: Float64Array = new Float64Array(counts.length),
  steps = 40,
): Float64Array => {
  let weights = new Float64Array(width + 1);
  let [sum, expected] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i] as number;
    expected += Math.exp(offsets[i] as number);
  }
  weights[0] = Math.log(Math.max(1e-9, sum / expected));
  let best = logLikelihood(features, width, counts, weights, penalty, offsets);
  for (let step = 0; step < steps; step++) {
    const direction = newtonDirection(features, width, counts, weights, penalty, offsets);
    let next = weights;
    let value = Number.NEGATIVE_INFINITY;
    for (let scale = 1; scale > 1e-6 && !(value >= best); scale /= 2) {
      next = weights.map((weight, at) => weight + scale * (direction[at] as number));
      value = logLikelihood(features, width, counts, next, penalty, offsets);
    }
    if (!(value >= best)) break;
    const gain = value - best;
    weights = next;
    best = value;
    if (gain < 1e-9 * (1 + Math.abs(best))) break;
  }
  return weights;
};

function logLikelihood(
  features: Float64Array,
  width: number,
  counts: ArrayLike<number>,
  weights: Float64Array,
  penalty: number,
  offsets: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const form = (offsets[i] as number) + logitOf(weights, features, i * width);
    sum += (counts[i] as number) * form - Math.exp(form);
  }
  for (let j = 1; j <= width; j++) sum -= (penalty / 2) * (weights[j] as number) ** 2;
  return sum;
}

function newtonDirection(
  features: Float64Array,
  width: number,
  counts: ArrayLike<number>,
  weights: Float64Array,
  penalty: number,
  offsets: Float64Array,
): Float64Array {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const means = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    const mean = Math.exp((offsets[i] as number) + logitOf(weights, features, i * width));
    const error = (counts[i] as number) - mean;
    means[i] = mean;
    gradient[0] = (gradient[0] as number) + error;
    for (let j = 1; j < size; j++)
      gradient[j] = (gradient[j] as number) + error * (features[i * width + j - 1] as number);
  }
  const hessian = crossProducts(features, width, means);
  for (let j = 0; j < size; j++) {
    gradient[j] = (gradient[j] as number) - (j === 0 ? 0 : penalty * (weights[j] as number));
    hessian[j * size + j] = (hessian[j * size + j] as number) + (j === 0 ? 1e-9 : penalty);
  }
  return solveSymmetric(hessian, gradient);
}
