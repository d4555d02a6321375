/**
 * What stays, went and came between two texts, line by line (longest common run of lines). In reading order; where lines
 * were replaced, what went stands before what came. Texts too long to compare whole keep what they share at both ends.
 */
export interface LinePart {
  readonly kind: 'same' | 'gone' | 'come';
  readonly lines: readonly string[];
}

const mostCells = 1_000_000;

export const diffLines = (was: string, is: string): readonly LinePart[] => {
  const before = was === '' ? [] : was.split('\n');
  const after = is === '' ? [] : is.split('\n');
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const parts: { kind: LinePart['kind']; lines: string[] }[] = [];
  const put = (kind: LinePart['kind'], lines: readonly string[]): void => {
    if (lines.length === 0) return;
    const last = parts.at(-1);
    if (last?.kind === kind) last.lines.push(...lines);
    else parts.push({ kind, lines: [...lines] });
  };
  put('same', before.slice(0, start));
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  let [from, to] = [0, 0];
  for (const [at, there] of sharedLines(gone, come)) {
    put('gone', gone.slice(from, at));
    put('come', come.slice(to, there));
    put('same', gone.slice(at, at + 1));
    [from, to] = [at + 1, there + 1];
  }
  put('gone', gone.slice(from));
  put('come', come.slice(to));
  put('same', before.slice(before.length - end));
  return parts;
};

/** Places of the lines both have, in both, in order. */
function sharedLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  if ((a.length + 1) * width > mostCells) return [];
  const most = new Uint32Array((a.length + 1) * width);
  const at = (row: number, column: number): number => most[row * width + column] ?? 0;
  for (let row = a.length - 1; row >= 0; row--)
    for (let column = b.length - 1; column >= 0; column--)
      most[row * width + column] =
        a[row] === b[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const shared: [number, number][] = [];
  for (let row = 0, column = 0; row < a.length && column < b.length;) {
    if (a[row] === b[column]) shared.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return shared;
}
