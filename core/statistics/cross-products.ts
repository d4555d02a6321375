/**
 * The weighted cross products of a table with a column of ones before it: sums over rows of weight x value x value, for
 * each pair of columns; symmetric, row-major, `width + 1` a side. `features` is row-major, `width` a row. Rows are added
 * in their order, so the sums are those of plain adding to the last bit, but four of them at a time stay in registers
 * through a block of rows, instead of being read and written for each row.
 */
export const crossProducts = (features: Float64Array, width: number, weights: Float64Array): Float64Array => {
  const size = width + 1;
  const stride = size + (size & 1);
  const sums = new Float64Array(stride * stride);
  const plain = new Float64Array(blockRows * stride);
  const weighted = new Float64Array(blockRows * stride);
  for (let from = 0; from < weights.length; from += blockRows) {
    const rows = Math.min(blockRows, weights.length - from);
    for (let i = 0; i < rows; i++) {
      const weight = weights[from + i] as number;
      plain[i * stride] = 1;
      weighted[i * stride] = weight;
      for (let j = 0; j < width; j++) {
        const value = features[(from + i) * width + j] as number;
        plain[i * stride + j + 1] = value;
        weighted[i * stride + j + 1] = weight * value;
      }
    }
    for (let j = 0; j < size; j += 2)
      for (let k = 0; k <= j; k += 2) addSquare(sums, stride, weighted, j, plain, k, rows * stride);
  }
  const products = new Float64Array(size * size);
  for (let j = 0; j < size; j++)
    for (let k = 0; k <= j; k++) products[j * size + k] = products[k * size + j] = sums[j * stride + k] as number;
  return products;
};

/** So many rows stay in the cache while every pair of columns goes over them. */
const blockRows = 64;

/** Columns j and j + 1 by columns k and k + 1. */
function addSquare(
  sums: Float64Array,
  stride: number,
  weighted: Float64Array,
  j: number,
  plain: Float64Array,
  k: number,
  end: number,
): void {
  const at = j * stride + k;
  let a = sums[at] as number;
  let b = sums[at + 1] as number;
  let c = sums[at + stride] as number;
  let d = sums[at + stride + 1] as number;
  for (let row = 0; row < end; row += stride) {
    const upper = weighted[row + j] as number;
    const lower = weighted[row + j + 1] as number;
    const left = plain[row + k] as number;
    const right = plain[row + k + 1] as number;
    a += upper * left;
    b += upper * right;
    c += lower * left;
    d += lower * right;
  }
  sums[at] = a;
  sums[at + 1] = b;
  sums[at + stride] = c;
  sums[at + stride + 1] = d;
}
