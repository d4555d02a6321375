/**
 * Finds a low point of a function of a few numbers without derivatives (J. Nelder, R. Mead, 1965; usual coefficients
 * 1, 2, 1/2, 1/2). Deterministic. Stops after `evaluations`, or when the simplex is flat to `tolerance`.
 */
export const minimise = (
  cost: (point: Float64Array) => number,
  start: readonly number[],
  step: readonly number[],
  { evaluations = 400, tolerance = 1e-7 } = {},
): { readonly point: Float64Array; readonly cost: number } => {
  const size = start.length;
  let left = evaluations;
  const measure = (point: Float64Array): Corner => {
    left--;
    const value = cost(point);
    return { point, cost: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  const corners = [measure(Float64Array.from(start))];
  for (let j = 0; j < size; j++) {
    const point = Float64Array.from(start);
    point[j] = (point[j] ?? 0) + (step[j] ?? 1);
    corners.push(measure(point));
  }
  const byCost = (a: Corner, b: Corner): number => a.cost - b.cost;
  while (left > 0) {
    corners.sort(byCost);
    const best = corners[0] as Corner;
    const worst = corners[size] as Corner;
    if (worst.cost - best.cost <= tolerance * (Math.abs(best.cost) + tolerance)) break;
    const centre = new Float64Array(size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) centre[j] = (centre[j] ?? 0) + (corners[i]?.point[j] ?? 0) / size;
    const along = (factor: number): Corner =>
      measure(centre.map((value, j) => value + factor * (value - (worst.point[j] ?? 0))));
    const reflected = along(1);
    if (reflected.cost < best.cost) {
      const expanded = along(2);
      corners[size] = expanded.cost < reflected.cost ? expanded : reflected;
    } else if (reflected.cost < (corners[size - 1]?.cost ?? 0)) corners[size] = reflected;
    else {
      const contracted = along(reflected.cost < worst.cost ? 0.5 : -0.5);
      if (contracted.cost < Math.min(reflected.cost, worst.cost)) corners[size] = contracted;
      else
        for (let i = 1; i <= size; i++)
          corners[i] = measure((corners[i] as Corner).point.map((value, j) => ((best.point[j] ?? 0) + value) / 2));
    }
  }
  corners.sort(byCost);
  return corners[0] as Corner;
};

interface Corner {
  readonly point: Float64Array;
  readonly cost: number;
}
