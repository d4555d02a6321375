/**
 * The character between two cells: of the four in use, the one that cuts the first lines into the most cells while
 * cutting them alike. Characters inside quotes do not count. One column only gives a comma.
 */
export type Delimiter = ',' | '\t' | ';' | '|';

export const sniffDelimiter = (head: string): Delimiter => {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of [',', '\t', ';', '|'] as const) {
    const counts = countCuts(head, delimiter);
    const first = counts[0] ?? 0;
    if (first === 0) continue;
    const alike = counts.filter((count) => count === first).length / counts.length;
    const score = first * alike * alike;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
};

function countCuts(head: string, delimiter: string): number[] {
  const counts: number[] = [];
  let inQuotes = false;
  let cuts = 0;
  let hasText = false;
  for (let at = 0; at < head.length && counts.length < 30; at++) {
    const letter = head[at];
    if (letter === '"') inQuotes = !inQuotes;
    else if (inQuotes) continue;
    else if (letter === delimiter) cuts++;
    else if (letter === '\n') {
      if (hasText || cuts > 0) counts.push(cuts);
      cuts = 0;
      hasText = false;
    } else if (letter !== '\r') hasText = true;
  }
  if (counts.length === 0) counts.push(cuts);
  return counts;
}
