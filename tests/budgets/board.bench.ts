/**
 * The campaign board with 500 and 5,000 cards in Chromium: a remote edit until it is painted, and an offline cold
 * start (server stopped, browser relaunched) until the cards are there. Builds must be fresh: npm run build.
 */
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

    const times: number[] = [];
    for (let edit = 0; edit < edits; edit++) {
      const text = `改到${edit}`;
      // From the moment the update reaches the page's document to the next frame after it is in the page.
      const painted = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const arrived = { at: 0 };
            const onMessage = (): void => void (arrived.at = performance.now());
            const descriptor = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
            Object.defineProperty(MessageEvent.prototype, 'data', {
              configurable: true,
              get(this: MessageEvent) {
                if (this.target instanceof globalThis.WebSocket) onMessage();
                return descriptor?.get?.call(this) as unknown;
              },
            });
            const seen = new MutationObserver(() => {
              if (!document.querySelector('[data-card]')?.closest('main')?.textContent?.includes(wanted)) return;
              seen.disconnect();
              requestAnimationFrame((now) => {
                if (descriptor) Object.defineProperty(MessageEvent.prototype, 'data', descriptor);
                resolve(now - arrived.at);
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
    print({ name: 'board-remote-edit-p50', ms: middle(times), ...line });
    print({ name: 'board-remote-edit-p95', ms: middle(times, 0.95), ...line });

    board.provider.destroy();
    settings.provider.destroy();
    await page.waitForTimeout(1500);
    await larder.stop();
    const cold: number[] = [];
    let current = person;
    for (let start = 0; start < starts; start++) {
      current = await current.relaunch();
      const begun = performance.now();
      await current.page.goto(address);
      await current.page.locator('[data-card]').first().waitFor({ timeout: 60_000 });
      cold.push(performance.now() - begun);
    }
    print({
      name: 'board-offline-cold-start',
      ms: middle(cold),
      lines: cards,
      runs: starts,
      peakMiB: peakMiB(),
      where: 'chromium',
    });
    await current.close();
    await larder.close();
  }
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
