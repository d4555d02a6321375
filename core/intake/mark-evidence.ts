/**
 * What the sums and counts of a file say about its decimal mark. `14,72` and `1.234,50` speak for the comma, `14.72` and
 * `1,234.50` for the dot; `1,234` may be either and is only sure where others speak and none of them makes it doubtful.
 */
import { type DecimalMark, markIn } from './parse-amount.ts';

export interface MarkVerdict {
  readonly mark: DecimalMark;
  /** Nothing depends on the mark, or the cells agree on it. */
  readonly isSure: boolean;
  /** Up to three cells that show what the mark means, those that depend on it first. */
  readonly cells: readonly string[];
}

export interface MarkEvidence {
  /** Of counts only what is certain is heard: the question is one of money. */
  take(cell: string, isMoney: boolean): void;
  verdict(): MarkVerdict;
}

const mostCells = 3;

export const createMarkEvidence = (): MarkEvidence => {
  let [dots, commas, openDots, openCommas] = [0, 0, 0, 0];
  const [open, clear] = [new Set<string>(), new Set<string>()];
  const show = (cells: Set<string>, cell: string): void => void (cells.size < mostCells && cells.add(cell));
  return {
    take(cell, isMoney) {
      // Once a dot is known to part decimals, only a comma has more to say.
      if (!hasComma(cell) && (dots > 0 || !hasDot(cell))) return;
      const mark = markIn(cell);
      if (mark === '') return;
      if (mark === 'either') {
        if (!isMoney) return;
        if (hasComma(cell)) openCommas++;
        else openDots++;
        show(open, cell);
      } else if (mark === ',') {
        commas++;
        if (isMoney) show(clear, cell);
      } else dots++;
    },
    verdict() {
      const isOneSided = dots > 0 ? commas === 0 : commas > 0 && openCommas === 0;
      return {
        mark: commas > dots ? ',' : '.',
        isSure: openDots + openCommas === 0 || isOneSided,
        cells: [...open, ...clear].slice(0, mostCells),
      };
    },
  };
};

/** Full-width ones too. */
function hasComma(cell: string): boolean {
  return cell.includes(',') || cell.includes('\uff0c');
}

function hasDot(cell: string): boolean {
  return cell.includes('.') || cell.includes('\uff0e');
}
