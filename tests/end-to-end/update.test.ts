/** A newer version is offered, not forced: it takes over when somebody says so, and the page opens again. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let person: Person;
let front: Server;
let address = '';
/** What stands before the real server gives out its service worker as that of the next version. */
let isNext = false;

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  front = createServer(pass);
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  person = await openPerson();
});
afterAll(async () => {
  await person?.close();
  front?.close();
  await larder?.close();
});

const pass = (asked: IncomingMessage, answer: ServerResponse): void => {
  const isWorker = asked.url === '/service-worker.js';
  const headers = isWorker ? { ...asked.headers, 'accept-encoding': 'identity' } : asked.headers;
  delete (headers as Record<string, unknown>)['if-none-match'];
  const passed = request(`${larder.address}${asked.url}`, { method: asked.method, headers }, (given) => {
    const parts: Buffer[] = [];
    given.on('data', (part: Buffer) => parts.push(part));
    given.on('end', () => {
      let bytes = Buffer.concat(parts);
      if (isWorker && isNext) bytes = Buffer.from(bytes.toString().replace(/version:`\d+`/, 'version:`next`'));
      answer.writeHead(given.statusCode ?? 500, { ...given.headers, 'content-length': bytes.length });
      answer.end(bytes);
    });
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
};

const cacheNames = (): Promise<readonly string[]> => person.page.evaluate(() => caches.keys());
const lookForNews = (): Promise<void> =>
  person.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

test('a first visit is taken over in silence', async () => {
  const { page } = person;
  await page.goto(address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  await lookForNews();
  expect(await page.getByText('有新版本').count()).toBe(0);
  expect(await cacheNames()).toHaveLength(1);
});

test('a newer version waits until it is wanted, then takes over whole', async () => {
  const { page } = person;
  const before = await cacheNames();
  isNext = true;
  await lookForNews();
  await page.getByText('有新版本').waitFor();
  await page.getByRole('button', { name: '稍后' }).click();
  await page.getByText('有新版本').waitFor({ state: 'detached' });
  expect(await cacheNames()).toEqual(expect.arrayContaining([...before, 'larder-next']));

  // Put off, it is offered again at the next opening.
  await page.reload();
  await page.getByText('有新版本').waitFor();
  const reopened = page.waitForEvent('load');
  await page.getByRole('button', { name: '换上' }).click();
  await reopened;
  await page.getByText('用自己的订单开始').waitFor();
  await expect.poll(cacheNames).toEqual(['larder-next']);
  expect(await page.getByText('有新版本').count()).toBe(0);
  expect(person.complaints).toEqual([]);
});
