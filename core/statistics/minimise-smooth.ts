/**
 * Finds a low point of a smooth function of a few numbers: BFGS (Broyden, Fletcher, Goldfarb, Shanno 1970) with a step
 * that is halved until the function falls enough (Armijo, 1e-4). The function writes its slope at the point it is asked
 * about. Deterministic. Stops after `iterations`, when no step falls, or when two steps in a row gain less than
 * `tolerance` of the value.
 */
export const minimiseSmooth = (
  cost: (point: Float64Array, slope: Float64Array) => number,
  start: readonly number[],
  { iterations = 50, tolerance = 1e-7 } = {},
): { readonly point: Float64Array; readonly cost: number } => {
  const size = start.length;
  const measure = (point: Float64Array): Place => {
    const slope = new Float64Array(size);
    const value = cost(point, slope);
    return { point, slope, value: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  let here = measure(Float64Array.from(start));
  let inverse = firstInverse(here.slope);
  let idle = 0;
  for (let left = iterations; left > 0 && idle < 2; left--) {
    const { point, value, slope } = here;
    const direction = product(inverse, slope).map((each) => -each);
    let descent = dot(direction, slope);
    if (!(descent < 0)) {
      inverse = firstInverse(slope);
      for (let j = 0; j < size; j++) direction[j] = -(inverse[j * size + j] ?? 0) * (slope[j] ?? 0);
      descent = dot(direction, slope);
    }
    const found = descend(measure, here, direction, descent);
    if (!(found.value < value)) break;
    update(inverse, difference(found.point, point), difference(found.slope, slope));
    idle = value - found.value < tolerance * (1 + Math.abs(found.value)) ? idle + 1 : 0;
    here = found;
  }
  return { point: here.point, cost: here.value };
};

interface Place {
  readonly point: Float64Array;
  readonly slope: Float64Array;
  readonly value: number;
}

function descend(
  measure: (point: Float64Array) => Place,
  { point, value }: Place,
  direction: Float64Array,
  descent: number,
): Place {
  for (let step = 1; ; step /= 2) {
    const reached = measure(point.map((each, j) => each + step * (direction[j] ?? 0)));
    if (reached.value <= value + 1e-4 * step * descent || step < 1e-6) return reached;
  }
}

/** As if the first step were of length one at most. */
function firstInverse(slope: Float64Array): Float64Array {
  const size = slope.length;
  const scale = 1 / Math.max(1, Math.sqrt(dot(slope, slope)));
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) inverse[j * size + j] = scale;
  return inverse;
}

/** The BFGS update of the inverse curvature, left out where the function does not curve upward. */
function update(inverse: Float64Array, moved: Float64Array, bent: Float64Array): void {
  const curve = dot(moved, bent);
  if (!(curve > 1e-12)) return;
  const size = moved.length;
  const turned = product(inverse, bent);
  const whole = 1 + dot(bent, turned) / curve;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const [mi, mj, ti, tj] = [moved[i] ?? 0, moved[j] ?? 0, turned[i] ?? 0, turned[j] ?? 0];
      inverse[i * size + j] = (inverse[i * size + j] ?? 0) + (whole * mi * mj - ti * mj - mi * tj) / curve;
    }
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < vector.length; j++) sum += (matrix[i * vector.length + j] ?? 0) * (vector[j] ?? 0);
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] ?? 0) * (b[j] ?? 0);
  return sum;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((each, j) => each - (b[j] ?? 0));
}
