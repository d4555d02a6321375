/** Insertion sort: rows mostly arrive in order already, latest first or oldest first, and a customer has few. */
export function sortRows(rows: Int32Array, compare: (a: number, b: number) => number): Int32Array {
  if (rows.length > 1 && compare(rows[0]!, rows[rows.length - 1]!) > 0) rows.reverse();
  if (rows.length > 64) return rows.sort(compare);
  for (let at = 1; at < rows.length; at++) {
    const row = rows[at]!;
    let to = at;
    for (; to > 0 && compare(rows[to - 1]!, row) > 0; to--) rows[to] = rows[to - 1]!;
    rows[to] = row;
  }
  return rows;
}
