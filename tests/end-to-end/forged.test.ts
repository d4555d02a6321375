/** What a dishonest or broken browser may send: each gets a clear answer, changes nothing, and disturbs nobody. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAwareness, encodeStep2, encodeUpdate } from '#sync-server/rooms/messages.ts';
import { openPerson, type Person } from './browser.ts';
import { addTalk, badge, createCampaign, row, script, titles } from './campaign-page.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let workspace: ClaimedWorkspace;
let operator: Person;
let observer: Person;
let host: Person;
let show = '';
const others: Person[] = [];

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  workspace = await claimWorkspace(larder);
  operator = await workspace.welcome('operator', '周岚');
  observer = await workspace.welcome('observer', '沈嘉');
  host = await workspace.welcome('host', '李禾');
  await operator.page.goto(workspace.address('campaigns'));
  await createCampaign(operator.page, '周五晚上');
  await addTalk(operator.page, '开场');
  show = `${workspace.id}/show/${operator.page.url().split('/').at(-1)}`;
  for (const { page } of [observer, host]) await page.goto(operator.page.url());
});
afterEach(async () => {
  const health = await fetch(`${larder.address}/health`);
  expect(health.status).toBe(200);
  expect(larder.output()).not.toMatch(/ at .*:\d+:\d+|unhandled/);
  for (const person of others.splice(0)) await person.close();
});
afterAll(async () => {
  for (const person of [operator, observer, host]) await person?.close();
  await larder?.close();
});

interface Heard {
  code: number;
  notices: string[];
  acknowledged: number;
}

/** Opens a socket of its own from inside a page, as a script in its console would, and sends these frames. */
const speak = (page: Page, room: string, frames: readonly Uint8Array[] = []): Promise<Heard> =>
  page.evaluate(
    ({ path, sent }) =>
      new Promise<Heard>((resolve) => {
        const heard: Heard = { code: 0, notices: [], acknowledged: 0 };
        const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`);
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => {
          for (const frame of sent) socket.send(new Uint8Array(frame));
        };
        socket.onmessage = ({ data }) => {
          const bytes = new Uint8Array(data as ArrayBuffer);
          if (bytes[0] === 100) heard.acknowledged = bytes.at(-1) ?? 0;
          if (bytes[0] === 101) heard.notices.push(new TextDecoder().decode(bytes.subarray(2)));
          if (heard.acknowledged > 0 || heard.notices.some((notice) => notice.includes('not-accepted'))) socket.close();
        };
        socket.onclose = ({ code }) => {
          heard.code = code;
          resolve(heard);
        };
      }),
    { path: `/sync/${room}`, sent: frames.map((frame) => [...frame]) },
  );

const itemUpdate = (id: string, title: string): Uint8Array => {
  const doc = new Y.Doc();
  const item = new Y.Map<unknown>();
  doc.getMap('items').set(id, item);
  for (const [key, value] of Object.entries({ order: 'a5', kind: 'talk', minutes: 5, productId: '', locked: false }))
    item.set(key, value);
  item.set('title', new Y.Text(title));
  item.set('script', new Y.Text(''));
  return Y.encodeStateAsUpdate(doc);
};

test('an observer’s page cannot write, and neither can a socket opened from it', async () => {
  const { page } = observer;
  await row(page, '开场').locator('.title').click();
  expect((await badge(page)).words).toBe('只能查看');
  expect(await script(page).getAttribute('readonly')).not.toBeNull();
  expect(await page.getByRole('button', { name: '加一段' }).count()).toBe(0);

  for (const encode of [encodeUpdate, encodeStep2]) {
    const heard = await speak(page, show, [encode(itemUpdate('forged', '伪造的一段'))]);
    expect(heard.notices.map((notice) => JSON.parse(notice) as unknown)).toContainEqual({
      kind: 'not-accepted',
      why: 'role',
    });
    expect(heard.acknowledged).toBe(0);
  }
  // The very same bytes from somebody who may write are taken.
  expect((await speak(operator.page, show, [encodeUpdate(itemUpdate('honest', '真的一段'))])).acknowledged).toBe(1);
  await row(operator.page, '真的一段').waitFor();
  await operator.page.reload();
  await row(operator.page, '真的一段').waitFor();
  expect((await titles(operator.page)).filter((title) => title.includes('伪造'))).toEqual([]);
});

test('a socket cannot speak in another’s name', async () => {
  const state = { member: { id: 'forged', name: '店主本人', role: 'owner' }, field: 'forged' };
  const frame = [...encodeAwareness([{ client: 4242, clock: 1, state }])];
  await observer.page.evaluate(
    ({ path, sent }) => {
      const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`);
      socket.onopen = () => socket.send(new Uint8Array(sent));
    },
    { path: `/sync/${show}`, sent: frame },
  );
  // What the others are told of that client carries the name the server knows.
  const told = await operator.page.evaluate(
    (path) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`);
        socket.binaryType = 'arraybuffer';
        socket.onmessage = ({ data }) => {
          const text = new TextDecoder().decode(data as ArrayBuffer);
          if (!text.includes('"field":"forged"')) return;
          socket.close();
          resolve(text);
        };
      }),
    `/sync/${show}`,
  );
  expect(told).toContain('沈嘉');
  expect(told).not.toContain('店主本人');
});

test('broken frames end their own connection and nobody else’s', async () => {
  for (const frame of [[7], [0, 2, 200], [0, 2, 3, 255, 255, 255], [1, 1, 1], []])
    expect((await speak(operator.page, show, [Uint8Array.from(frame)])).code).toBe(4400);
  expect((await badge(operator.page)).words).toBe('已存到服务器');
});

test('a room that does not exist, and one of another brand, are unknown', async () => {
  const rooms = [`${workspace.id}/nonsense`, `${workspace.id}/show/UPPER`, `${workspace.id}/facts/orders/2026-13`];
  for (const room of [...rooms, 'w-another/settings']) expect((await speak(operator.page, room)).code).toBe(4404);
  const { request } = operator.context;
  expect((await request.get(`${larder.address}/api/workspaces/w-another/members`)).status()).toBe(404);
  expect((await request.get(`${larder.address}/api/nonsense`)).status()).toBe(404);
  await operator.page.goto(workspace.address('campaigns/nonsense'));
  await operator.page.getByText('找不到这一场').waitFor();
  await operator.page.goto(workspace.address('nonsense'));
  await operator.page.getByText('没有这一页').waitFor();
  await operator.page.goto(`${larder.address}/w-another/today`);
  await operator.page.getByText('没有这个品牌').waitFor();
});

test('a host’s tablet gets no facts, by no way', async () => {
  const { page, context } = host;
  for (const room of ['facts-index', 'facts/orders/2026-11', 'facts/identity/2026-11', 'segments', 'journeys'])
    expect((await speak(page, `${workspace.id}/${room}`)).code).toBe(4403);
  const blob = `rooms/facts/orders/2026-11/blobs/${'0'.repeat(64)}`;
  for (const path of [blob, 'identity-secret', 'invitations', 'sources'])
    expect([403, 404]).toContain(
      (await context.request.get(`${larder.address}/api/workspaces/${workspace.id}/${path}`)).status(),
    );
  await page.goto(workspace.address('customers'));
  await page.getByText('这一页不在你的角色里').waitFor();
  const kept = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  expect(kept.filter((name) => /facts|segments|journeys/.test(name))).toEqual([]);
});

test('a forged session is nobody; one that was spoilt is signed out, with its data still here', async () => {
  const stranger = await openPerson();
  others.push(stranger);
  const cookie = { name: `larder-${new URL(larder.address).port}`, url: larder.address };
  await stranger.context.addCookies([{ ...cookie, value: 'A'.repeat(43) }]);
  const { request } = stranger.context;
  const session = (await (await request.get(`${larder.address}/api/session`)).json()) as { member: unknown };
  expect(session.member).toBeNull();
  expect((await request.get(`${larder.address}/api/workspaces/${workspace.id}/members`)).status()).toBe(401);
  await stranger.page.goto(workspace.address('today'));
  await stranger.page.getByText('这台设备还没有登录').waitFor();
  expect((await speak(stranger.page, show)).code).toBe(4401);
  // A request that another site makes a browser send carries that site's name.
  const foreign = await operator.context.request.post(`${larder.address}/api/session/end`, {
    headers: { origin: 'https://elsewhere.example' },
    // A connection that was kept alive may be closed by the server just now.
    maxRetries: 2,
  });
  expect(foreign.status()).toBe(403);

  const own = (await operator.context.cookies()).find(({ name }) => name === cookie.name)?.value ?? '';
  await operator.context.addCookies([{ ...cookie, value: `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}` }]);
  await operator.page.goto(workspace.address('today'));
  await operator.page.getByText('这台设备已退出登录').waitFor();
  const kept = await operator.page.evaluate(async () => (await indexedDB.databases()).length);
  expect(kept).toBeGreaterThan(3);
  await operator.context.addCookies([{ ...cookie, value: own }]);
  await operator.page.goto(workspace.address('campaigns'));
  await operator.page
    .getByRole('link', { name: /周五晚上/ })
    .first()
    .waitFor();
  await expect.poll(async () => (await badge(operator.page)).words).toBe('已存到服务器');
  expect([operator, observer, host, stranger].flatMap(({ complaints }) => complaints)).toEqual([]);
});
