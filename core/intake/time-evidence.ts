/** What a column of times says about itself: 25/12 can only be day first, 12/25 only month first, 03/04 says nothing. */
import type { DateOrder } from './parse-time.ts';

export interface TimeEvidence {
  take(cell: string): void;
  verdict(): TimeVerdict;
}

export interface TimeVerdict {
  readonly order: DateOrder;
  readonly isOrderSure: boolean;
  /** Some times carry no offset, so a zone must be assumed. */
  readonly needsZone: boolean;
}

const dayAndMonth = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/;
const withOffset = /(z|utc|gmt|[+-]\d\d:?\d\d)$/i;
const epoch = /^\d{10}(\d{3})?$/;

export const createTimeEvidence = (): TimeEvidence => {
  let dayFirst = 0;
  let monthFirst = 0;
  let open = 0;
  let needsZone = false;
  return {
    take(cell) {
      const code = cell.charCodeAt(2);
      const isShortStart =
        code === 47 || code === 45 || code === 46 || cell.charCodeAt(1) === 47 || cell.charCodeAt(1) === 45;
      if (isShortStart) {
        const found = dayAndMonth.exec(cell);
        if (found) {
          if (+(found[1] ?? 0) > 12) dayFirst++;
          else if (+(found[2] ?? 0) > 12) monthFirst++;
          else open++;
        }
      }
      if (!needsZone && cell !== '' && !epoch.test(cell) && !withOffset.test(cell)) needsZone = true;
    },
    verdict() {
      if (dayFirst + monthFirst + open === 0) return { order: 'year-first', isOrderSure: true, needsZone };
      const order = monthFirst > dayFirst ? 'month-first' : 'day-first';
      return { order, isOrderSure: dayFirst > 0 !== monthFirst > 0, needsZone };
    },
  };
};
