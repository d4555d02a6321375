/**
 * Runs `insight.worker.ts` in Chromium: bundles it, serves it and the order lines on loopback, and measures what the
 * page's process holds (proportional set size, from /proc) with everything loaded, less what it held empty; garbage is
 * collected first. The worker lives in that process: its buffers, said beside, are a part of it and not to be added.
 */
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumLaunch } from '#tests/end-to-end/browser.ts';
import type { Figure } from './insight-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ChromiumFigure extends Figure {
  readonly peakMiB: number;
}

export const runInChromium = async (linesPath: string, say: (figure: ChromiumFigure) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-bench-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      copyPublicDir: false,
      lib: { entry: 'tests/budgets/insight.worker.ts', formats: ['es'], fileName: 'worker' },
    },
  });
  const server = createServer((request, response) => {
    const [type, path] =
      request.url === '/worker.js'
        ? ['text/javascript', join(folder, 'worker.js')]
        : request.url === '/lines.csv'
          ? ['text/csv', linesPath]
          : ['text/html', null];
    response.setHeader('content-type', type);
    if (path === null) response.end('<!doctype html><title>bench</title>');
    else createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    ...chromiumLaunch,
    args: [...chromiumLaunch.args, '--js-flags=--expose-gc'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const empty = await renderersMiB(browser);
    let held = 0;
    let lines = 0;
    await page.exposeFunction('told', async (message: { figure?: Figure; bytes?: number }) => {
      if (message.bytes !== undefined) {
        held = (await renderersMiB(browser)) - empty;
        const about = { lines, ms: 0, runs: 1, unit: 'MiB', peakMiB: Math.round(held) };
        say({ ...about, name: 'insight memory of the page with all beliefs', value: Math.round(held) });
        say({ ...about, name: 'insight buffers of ledger and beliefs', value: Math.round(message.bytes / 2 ** 20) });
      }
      if (message.figure === undefined) return;
      lines = message.figure.lines;
      const now = Math.round((await renderersMiB(browser)) - empty);
      say({ ...message.figure, peakMiB: now });
    });
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }: MessageEvent<{ done?: boolean; failed?: string }>) => {
            if (data.failed !== undefined) reject(new Error(data.failed));
            else if (data.done) resolve();
            else (globalThis as unknown as { told(message: unknown): void }).told(data);
          };
          worker.postMessage(`${location.origin}/lines.csv`);
        }),
    );
    // Figures on their way are still told.
    await page.waitForTimeout(500);
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
};

/** Proportional set size of all pages of this browser. */
async function renderersMiB(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /^Pss:\s+(\d+) kB/m.exec(readSmaps(id))?.[1] ?? '0')
    .reduce((sum, kilobytes) => sum + Number(kilobytes) / 1024, 0);
}

function readSmaps(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    return '';
  }
}
