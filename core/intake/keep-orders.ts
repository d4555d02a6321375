/**
 * The settled lines and returns that looking at a file found, held until they are written, so that the file need not be
 * read again. One too long to be held is.
 */
import type { SettledLine } from './candidate-line.ts';
import type { MatchedReturn } from './match-returns.ts';
import type { OrderSink } from './read-orders.ts';

export interface KeptBatch {
  readonly lines: readonly SettledLine[];
  readonly returns: readonly MatchedReturn[];
}

export interface KeptOrders {
  /** In the order of the file. Each is let go of as it is given, so this works once. */
  batches(): Generator<KeptBatch, void>;
}

export interface OrderKeeper extends Omit<OrderSink, 'problem'> {
  /** Null when there was too much to hold. */
  end(): KeptOrders | null;
}

/** Of the rows as they stand in the file: long cells are cut from its text, and hold on to all of it. */
const mostCharacters = 80_000_000;
const batchLines = 4000;

export const createOrderKeeper = (): OrderKeeper => {
  const batches: KeptBatch[] = [];
  let lines: SettledLine[] = [];
  let returns: MatchedReturn[] = [];
  let characters = 0;
  const isTooMuch = (): boolean => characters > mostCharacters;
  const close = (): void => {
    batches.push({ lines, returns });
    lines = [];
    returns = [];
  };
  return {
    order(settled) {
      if (isTooMuch()) return;
      for (const line of settled) {
        characters += line.raw.length;
        lines.push(withoutRow(line, settled[0]!.order));
      }
      if (isTooMuch()) batches.length = lines.length = returns.length = 0;
      else if (lines.length >= batchLines) close();
    },
    returned(matched) {
      if (!isTooMuch()) returns.push(...matched);
    },
    end() {
      if (isTooMuch()) return null;
      close();
      return {
        *batches() {
          for (let next = batches.shift(); next !== undefined; next = batches.shift()) yield next;
        },
      };
    },
  };
};

/** Half the size of a candidate; the lines of an order hold one text of its number. */
function withoutRow(line: SettledLine, order: string): SettledLine {
  const { shop, item, itemName, category, nth, quantityMilli, paidFen, refundFen, atMs } = line;
  const { status, channel, isGift, keys, nickname, tags, consent } = line;
  return {
    shop,
    order,
    item,
    itemName,
    category,
    nth,
    quantityMilli,
    paidFen,
    refundFen,
    atMs,
    status,
    channel,
    isGift,
    keys,
    nickname,
    tags,
    consent,
  };
}
