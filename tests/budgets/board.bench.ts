/**
 * The campaign board with 500 and 5,000 cards in Chromium: a remote edit until it is painted, and an offline cold
 * start (server stopped, browser relaunched) until the cards are painted; of both also the processor time of the page's
 * main thread, which a busy machine does not change. Builds must be fresh: npm run build.
 */
import type { Page } from 'playwright-core';
import { WebsocketProvider } from 'y-websocket';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { addCard, campaignTypes } from '#core/campaigns/campaign.doc.ts';
import { openPerson } from '../end-to-end/browser.ts';
import { type LarderProcess, openLarderProcess } from '../end-to-end/larder-process.ts';
import { type Bench, peakMiB } from './bench-line.ts';

const edits = 25;
const starts = 5;
const middle = (times: readonly number[], share = 0.5): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

export const bench: Bench = async ({ print }) => {
  for (const cards of [500, 5000]) {
    const larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
    const person = await openPerson();
    const { page } = person;
    await page.goto(larder.claimAddress());
    await page.getByLabel('店名或品牌').fill('山田食堂');
    await page.getByLabel('你的名字').fill('周岚');
    await page.getByRole('button', { name: '开始' }).click();
    await page.waitForURL(/\/today$/);
    const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
    const cookie = (await person.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const board = await openRemote(larder, `${workspace}/campaign/c1`, cookie);
    const settings = await openRemote(larder, `${workspace}/settings`, cookie);
    addCampaign(settings.doc, { id: 'c1', title: '家庭餐桌', startMs: Date.now() + 86_400_000 });
    board.doc.transact(() => {
      for (let card = 0; card < cards; card++) addCard(board.doc, { id: `card-${card}`, title: `第${card}张` });
    });
    const address = `${larder.address}/${workspace}/campaigns/c1`;
    await page.goto(address);
    await page.locator('[data-card]').first().waitFor({ timeout: 60_000 });

    await page.waitForTimeout(2000);
    const times: number[] = [];
    const editCpu = await measureThread(page);
    for (let edit = 0; edit < edits; edit++) {
      const text = `改到${edit}`;
      // From the moment the update reaches the page's document to the next frame after it is in the page.
      const painted = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const arrived = { at: 0 };
            const descriptor = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
            Object.defineProperty(MessageEvent.prototype, 'data', {
              configurable: true,
              get(this: MessageEvent) {
                if (this.target instanceof globalThis.WebSocket) arrived.at = performance.now();
                return descriptor?.get?.call(this) as unknown;
              },
            });
            const seen = new MutationObserver((changes) => {
              if (!changes.some(({ target }) => target.textContent?.includes(wanted))) return;
              seen.disconnect();
              requestAnimationFrame((now) => {
                if (descriptor) Object.defineProperty(MessageEvent.prototype, 'data', descriptor);
                // A frame that was due before the update came has waited for it.
                resolve(Math.max(0, now - arrived.at));
              });
            });
            seen.observe(document.body, { subtree: true, childList: true, characterData: true });
          }),
        text,
      );
      await page.waitForTimeout(120);
      const title = campaignTypes(board.doc).cards.get('card-0')?.get('title') as Y.Text;
      board.doc.transact(() => {
        title.delete(0, title.length);
        title.insert(0, text);
      });
      times.push(await painted);
    }
    const line = { lines: cards, runs: edits, peakMiB: peakMiB(), where: 'chromium' } as const;
    print({ name: 'board-remote-edit-cpu', ms: (await editCpu()) / edits, ...line });
    print({ name: 'board-remote-edit-p50', ms: middle(times), ...line });
    print({ name: 'board-remote-edit-p95', ms: middle(times, 0.95), ...line });

    board.provider.destroy();
    settings.provider.destroy();
    await page.waitForTimeout(1500);
    await larder.stop();
    const cold: number[] = [];
    const coldCpu: number[] = [];
    let current = person;
    for (let start = 0; start < starts; start++) {
      current = await current.relaunch();
      await current.page.addInitScript(markFirstCard);
      const threadMs = await measureThread(current.page);
      await current.page.goto(address, { waitUntil: 'commit' });
      const painted = await current.page.waitForFunction(
        () => performance.getEntriesByName('first-card')[0]?.startTime,
        undefined,
        { polling: 20, timeout: 60_000 },
      );
      cold.push((await painted.jsonValue()) ?? 0);
      coldCpu.push(await threadMs());
    }
    const coldLine = { ...line, runs: starts };
    print({ name: 'board-offline-cold-start', ms: middle(cold), ...coldLine });
    print({ name: 'board-offline-cold-start-cpu', ms: middle(coldCpu), ...coldLine });
    await current.close();
    await larder.close();
  }
};

/** In the page: when the first card has been painted, counted from the beginning of the navigation. */
const markFirstCard = (): void => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector('[data-card]')) return;
    seen.disconnect();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark('first-card');
    requestAnimationFrame(() => port2.postMessage(null));
  });
  seen.observe(document, { subtree: true, childList: true });
};

/** Starts counting; what it gives tells the processor time that the page's main thread has taken since. */
const measureThread = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const threadMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1000;
  };
  const before = await threadMs();
  return async () => (await threadMs()) - before;
};

interface Remote {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
}

/** A colleague elsewhere: a stock y-websocket client with the same session. */
const openRemote = (larder: LarderProcess, room: string, cookie: string): Promise<Remote> => {
  const doc = new Y.Doc();
  class Signed extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin: larder.address } });
    }
  }
  const provider = new WebsocketProvider(`${larder.address.replace('http', 'ws')}/sync`, room, doc, {
    WebSocketPolyfill: Signed as never,
    disableBc: true,
  });
  return new Promise((resolve) => provider.once('sync', () => resolve({ doc, provider })));
};
