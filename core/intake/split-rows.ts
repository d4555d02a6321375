/**
 * Cuts a stream of text into rows of cells: quotes with doubled quotes inside, line breaks inside quotes, LF or CRLF,
 * text arriving in pieces of any size. Rows without a quote take a path of plain searches, which is what makes a million
 * lines cost less than a second. A quote that is never closed within `longestRow` characters is taken as an ordinary
 * letter and its line is given as it stands, so that one stray quote cannot swallow a file.
 */
export interface RowSink {
  /**
   * `cells` is reused for the next row: only the first `count` belong to this one. `line` is the line in the file at
   * which the row begins, from 1.
   */
  (cells: readonly string[], count: number, line: number): void;
}

export interface RowSplitter {
  push(text: string): void;
  end(): void;
  /** The row as it stands in the file; only while the sink is being called. */
  rawRow(): string;
  /** The unfinished row is longer than any table's: this is no table. */
  readonly isStuck: boolean;
}

export const longestRow = 1 << 17;

export const createRowSplitter = (delimiter: string, sink: RowSink): RowSplitter => {
  const cells: string[] = [];
  let text = '';
  let line = 1;
  let rowStart = 0;
  let rowEnd = 0;

  const drain = (isLast: boolean): void => {
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      let eol = text.indexOf('\n', at);
      if (eol < 0) {
        if (!isLast) break;
        eol = text.length;
      }
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
      let count: number;
      let next = eol;
      let breaks = 0;
      const quoted = quote >= 0 && quote < eol ? splitQuoted(text, delimiter, at, isLast, cells) : null;
      if (quoted) ({ next, count, breaks } = quoted);
      else if (quote >= 0 && quote < eol && !isLast && text.length - at < longestRow) break;
      else count = splitPlain(text, delimiter, at, eol, cells);
      rowStart = at;
      rowEnd = next;
      if (next > at && !(count === 1 && cells[0] === '')) sink(cells, count, line);
      line += 1 + breaks;
      at = next + 1;
    }
    text = at >= text.length ? '' : text.slice(at);
  };

  return {
    push(more) {
      text = text === '' ? more : text + more;
      drain(false);
    },
    end() {
      drain(true);
      text = '';
    },
    rawRow: () => text.slice(rowStart, withoutReturn(text, rowStart, rowEnd)),
    get isStuck() {
      return text.length > longestRow * 8;
    },
  };
};

/** A row with quotes: where it ends, at its line break; null when it is not complete yet. */
function splitQuoted(
  text: string,
  delimiter: string,
  from: number,
  isLast: boolean,
  cells: string[],
): { next: number; count: number; breaks: number } | null {
  let count = 0;
  let at = from;
  let breaks = 0;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      let start = at + 1;
      for (;;) {
        const quote = text.indexOf('"', start);
        if (quote < 0) return null;
        cell += text.slice(start, quote);
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        cell += '"';
        start = quote + 2;
      }
      if (at >= text.length && !isLast) return null;
      for (let b = cell.indexOf('\n'); b >= 0; b = cell.indexOf('\n', b + 1)) breaks++;
    }
    const comma = text.indexOf(delimiter, at);
    let eol = text.indexOf('\n', at);
    if (eol < 0) {
      if (!isLast) return null;
      eol = text.length;
    }
    const end = comma >= 0 && comma < eol ? comma : eol;
    const tail = text.slice(at, end === eol && text[end - 1] === '\r' && end > at ? end - 1 : end);
    cells[count++] = cell + tail;
    if (end === eol) return { next: eol, count, breaks };
    at = end + 1;
  }
}

function withoutReturn(text: string, from: number, eol: number): number {
  return eol > from && text.charCodeAt(eol - 1) === 13 ? eol - 1 : eol;
}

function splitPlain(text: string, delimiter: string, from: number, eol: number, cells: string[]): number {
  const end = withoutReturn(text, from, eol);
  let count = 0;
  let start = from;
  for (;;) {
    const cut = text.indexOf(delimiter, start);
    if (cut < 0 || cut >= end) break;
    cells[count++] = text.slice(start, cut);
    start = cut + 1;
  }
  cells[count++] = text.slice(start, end);
  return count;
}
