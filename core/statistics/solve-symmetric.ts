/** Solves A x = b for a symmetric positive definite A (row-major) by Cholesky; throws when A is not. */
export const solveSymmetric = (matrix: Float64Array, right: Float64Array): Float64Array => {
  const n = right.length;
  const lower = new Float64Array(n * n);
  const at = (values: Float64Array, i: number, j: number): number => values[i * n + j] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(matrix, i, j);
      for (let k = 0; k < j; k++) sum -= at(lower, i, k) * at(lower, j, k);
      if (i === j && !(sum > 0)) throw new Error('matrix is not positive definite');
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(lower, j, j);
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(lower, i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(lower, i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] ?? 0) - at(lower, k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(lower, i, i);
  }
  return x;
};
