/**
 * Taking an order file in. In node: cutting text into rows against papaparse, and looking at a whole file. In Chromium,
 * against the built app on a server of its own: from the dropped file to the five names and the due list on screen, and
 * the longest time the page stood still meanwhile.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { proposeMapping } from '#core/intake/propose-mapping.ts';
import { createOrderScan } from '#core/intake/scan-orders.ts';
import { createRowSplitter } from '#core/intake/split-rows.ts';
import { openPerson } from '#tests/end-to-end/browser.ts';
import { openLarderProcess } from '#tests/end-to-end/larder-process.ts';
import { type Bench, type BenchChoice, measure, peakMiB } from './bench-line.ts';
import { makeOrderText, orderHeader as header } from './make-order-text.ts';

const runs = 3;
const pieceBytes = 1 << 18;

export const bench: Bench = async (choice) => {
  const texts =
    choice.data === null ? [100_000, 1_000_000].map(makeOrderText) : [readFileSync(`${choice.data}.csv`, 'utf8')];
  for (const text of texts) {
    await benchReading(choice, text);
    if (existsSync('build/index.html')) await benchBrowser(choice, text);
    else console.error('no build/: the part in Chromium is left out (npm run build)');
  }
};

async function benchReading({ print }: BenchChoice, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  let lines = 0;
  const say = (name: string, ms: number): void =>
    print({ name, lines: lines - 1, ms, runs, peakMiB: peakMiB(), where: 'node' });
  const split = (sink: Parameters<typeof createRowSplitter>[1]): ReturnType<typeof createRowSplitter> => {
    const splitter = createRowSplitter(',', (cells, count, line) => sink(cells, count, line));
    const decoder = new TextDecoder();
    for (let at = 0; at < bytes.length; at += pieceBytes)
      splitter.push(decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true }));
    splitter.end();
    return splitter;
  };
  const ours = await measure(runs, () => {
    lines = 0;
    split(() => void lines++);
  });
  say('import/split', ours);
  let theirs = 0;
  say(
    'import/split-papaparse',
    await measure(runs, () => {
      theirs = 0;
      Papa.parse(text, { step: () => void theirs++, skipEmptyLines: true } as Papa.ParseLocalConfig<string[], string>);
    }),
  );
  if (theirs !== lines) throw new Error(`${lines} rows here, ${theirs} there`);
  const { mapping } = proposeMapping(header.split(','), [], null);
  say(
    'import/scan',
    await measure(runs, () => {
      const scan = createOrderScan({
        mapping,
        shop: '',
        nowMs: Date.parse('2027-01-01'),
        knownItems: new Set(),
        amountColumn: 6,
        matchesReturns: false,
        keeps: true,
      });
      split((cells, count, line) => void (line > 1 && scan.row(cells, count, line, '')));
      if (scan.end().summary.rows !== lines - 1) throw new Error('rows were lost');
    }),
  );
}

async function benchBrowser({ print }: BenchChoice, text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'larder-import-'));
  const file = join(folder, 'orders.csv');
  writeFileSync(file, text);
  const lines = text.split('\n').length - 2;
  const larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  try {
    const person = await openPerson();
    const { page } = person;
    await page.addInitScript(watchImport);
    await page.goto(larder.address);
    const input = page.locator('input[type=file]').first();
    await input.waitFor({ state: 'attached' });
    const startMs = Date.now();
    await input.setInputFiles(file);
    const seen = await page.waitForFunction(() => (globalThis as Watched).seenMs, null, { timeout: 300_000 });
    const ms = ((await seen.jsonValue()) ?? 0) - startMs;
    const stalls = (await page.evaluate(() => (globalThis as Watched).stalls ?? []))
      .filter(({ atMs }) => atMs >= startMs)
      .map(({ forMs }) => forMs);
    await person.close();
    print({ name: 'import/file-to-due-list', lines, ms, runs: 1, peakMiB: 0, where: 'chromium' });
    print({ name: 'import/longest-stall', lines, ms: Math.max(0, ...stalls), runs: 1, peakMiB: 0, where: 'chromium' });
  } finally {
    await larder.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Watched = typeof globalThis & { stalls?: { atMs: number; forMs: number }[]; seenMs?: number };

/**
 * In the page: agrees to everything at once, and marks the moment the answer stands there. From outside a look now and
 * then would see either up to half a second late.
 */
function watchImport(): void {
  const watched = globalThis as Watched;
  const stalls: Watched['stalls'] = (watched.stalls = []);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      stalls.push({ atMs: performance.timeOrigin + startTime, forMs: duration });
  }).observe({ type: 'longtask' });
  let isWritten = false;
  const act = (): void => {
    const enabled = [...document.querySelectorAll<HTMLButtonElement>('button:not(:disabled, [aria-disabled=true])')];
    const write = enabled.find(({ textContent }) => /^\s*写入 /.test(textContent));
    const answer = enabled.find((button) => button.matches('.question .answers .filled'));
    if (answer) answer.click();
    else if (write && !isWritten) {
      isWritten = true;
      write.click();
    }
    if (document.querySelector('[data-testid=rfm]') && document.querySelector('[data-testid=due]'))
      watched.seenMs ??= Date.now();
  };
  new MutationObserver(act).observe(document, { subtree: true, childList: true, attributes: true });
}
