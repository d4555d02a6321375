/**
 * Linear regression without an intercept that shrinks toward a given answer and minds no outlier: Huber's loss (P. Huber,
 * 1964) by reweighting, each coefficient pulled to its `prior` with its own `penalty`. Rows at or beyond `reach` of the
 * fit weigh in inverse proportion to their distance. Without rows the answer is the prior.
 */
import { solveSymmetric } from './solve-symmetric.ts';

export interface RobustRidgeProblem {
  /** Row-major, `width` numbers a row; `rows` lists which rows of `features` and `targets` take part. */
  readonly features: Float64Array;
  readonly targets: Float64Array;
  readonly width: number;
  readonly rows: Int32Array;
  readonly prior: ArrayLike<number>;
  readonly penalty: ArrayLike<number>;
  readonly reach: number;
}

export const robustRidge = (problem: RobustRidgeProblem, rounds = 4): Float64Array => {
  const { features, targets, width, rows, prior, penalty, reach } = problem;
  let answer: Float64Array = Float64Array.from(prior);
  if (rows.length === 0) return answer;
  const matrix = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let round = 0; round < rounds; round++) {
    matrix.fill(0);
    for (let j = 0; j < width; j++) {
      matrix[j * width + j] = penalty[j]! + 1e-9;
      right[j] = penalty[j]! * prior[j]!;
    }
    for (const row of rows) {
      const at = row * width;
      let miss = targets[row]!;
      for (let j = 0; j < width; j++) miss -= answer[j]! * features[at + j]!;
      const weight = Math.min(1, reach / Math.max(1e-9, Math.abs(miss)));
      for (let j = 0; j < width; j++) {
        const weighted = weight * features[at + j]!;
        if (weighted === 0) continue;
        right[j]! += weighted * targets[row]!;
        for (let k = 0; k <= j; k++) matrix[j * width + k]! += weighted * features[at + k]!;
      }
    }
    for (let j = 0; j < width; j++) for (let k = 0; k < j; k++) matrix[k * width + j] = matrix[j * width + k]!;
    answer = solveSymmetric(matrix, right);
  }
  return answer;
};
