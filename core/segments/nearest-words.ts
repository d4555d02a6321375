/**
 * Words like a misspelt one, nearest first: edit distance with transpositions (F. Damerau, 1964) relative to length,
 * where a word that begins with what was typed counts as near. At most `most`; nothing when all are far.
 */
export const nearestWords = (typed: string, words: Iterable<string>, most = 3): string[] => {
  const wanted = typed.toLowerCase();
  const scored: { word: string; cost: number }[] = [];
  for (const word of new Set(words)) {
    const known = word.toLowerCase();
    const cost =
      known.startsWith(wanted) && wanted !== ''
        ? 0.1
        : distance(wanted, known) / Math.max(wanted.length, known.length, 1);
    if (cost <= 0.67) scored.push({ word, cost });
  }
  return scored
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ word }) => word);
};

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > Math.max(a.length, b.length) * 0.67) return Math.max(a.length, b.length);
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((row[j - 1] as number) + 1, (old[j] as number) + 1, (old[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] as number) + 1);
      row.push(best);
    }
    older = old;
    old = row;
  }
  return old[b.length] as number;
}
