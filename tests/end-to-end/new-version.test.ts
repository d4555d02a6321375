/** A newer build is offered, not forced: the page goes on until its person says so, and nothing waiting is lost. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfiguration } from '#sync-server/configuration.ts';
import { type Larder, openLarder } from '#sync-server/open-larder.ts';
import { root } from '../architecture/source-files.ts';
import { openPerson, type Person } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-new-version-'));
const build = join(folder, 'build');
const complaints: string[] = [];
let larder: Larder;
let person: Person;

/** As a new build would: another version in the service worker, plain and packed. */
const publish = (version: string): void => {
  const path = join(build, 'service-worker.js');
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(/version:`\d+`/, `version:\`${version}\``);
  expect(changed).not.toBe(text);
  for (const suffix of ['.br', '.gz']) rmSync(path + suffix, { force: true });
  writeFileSync(path, changed);
};

beforeAll(async () => {
  cpSync(join(root, 'build'), build, { recursive: true });
  const configuration = readConfiguration({ LARDER_NO_DEMO: '1', LARDER_DATA: join(folder, 'data') });
  larder = await openLarder({ ...configuration, port: 0, build }, (text) => complaints.push(text));
  person = await openPerson();
});
afterAll(async () => {
  await person?.close();
  await larder?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the prompt comes with the new version, and taking it leaves one version on the device', async () => {
  const { page } = person;
  const address = larder.address.split('#')[0] ?? '';
  await page.goto(address);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.getByText('用自己的订单开始').waitFor();
  expect(await page.getByText('有新版本').count()).toBe(0);

  publish('next');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.getByText('有新版本').waitFor();
  const before = await page.evaluate(() => caches.keys());
  expect(before).toHaveLength(2);

  // Not now: the page goes on, and asks again when it is next opened.
  await page.getByRole('button', { name: '稍后' }).click();
  await page.getByText('有新版本').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('有新版本').waitFor();
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: '换上' }).click();
  await reloaded;
  await page.getByText('用自己的订单开始').waitFor();
  expect(await page.getByText('有新版本').count()).toBe(0);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(['larder-next']);
  expect(person.complaints).toEqual([]);
  expect(complaints).toEqual([]);
});
