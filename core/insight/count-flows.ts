/**
 * Who stood where on two days: counts on both sides and a table from → to, by index into `size` standings. Only people
 * who are present count, each once.
 */
export interface Flows {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** `flows[from][to]`; the diagonal are those who stayed. */
  readonly flows: readonly (readonly number[])[];
}

export const countFlows = (before: Uint8Array, after: Uint8Array, isPresent: Uint8Array, size: number): Flows => {
  const flat = new Int32Array(size * size);
  for (let c = 0; c < after.length; c++) {
    if (isPresent[c] !== 1) continue;
    const at = (before[c] ?? 0) * size + (after[c] as number);
    flat[at] = (flat[at] as number) + 1;
  }
  const flows = Array.from({ length: size }, (_, from) => Array.from(flat.subarray(from * size, (from + 1) * size)));
  return {
    before: flows.map((row) => row.reduce((sum, n) => sum + n, 0)),
    after: flows.map((_, to) => flows.reduce((sum, row) => sum + (row[to] ?? 0), 0)),
    flows,
  };
};
