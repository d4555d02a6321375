/**
 * A real server and the real simulator, a process outside it, over HTTP. Time runs twenty times faster for both: the
 * simulator takes the server's time as its own, so an event's time and the second it is counted in stay consistent.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Show } from '#core/campaigns/run-of-show.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { answerSuggestion } from '#core/campaigns/suggestions.doc.ts';
import { readBroadcast } from '#core/live/broadcast.doc.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { dayFromMs, isoFromDay, monthFromMs, msFromDay } from '#core/units/business-day.ts';
import { readConfiguration } from '#sync-server/configuration.ts';
import { type Larder, openLarder } from '#sync-server/open-larder.ts';

const speed = 20;
const root = join(import.meta.dirname, '../..');
let folder: string;
let larder: Larder;
let address: string;
let cookie: string;
let workspace: string;
let campaign: string;
let nowMs: () => number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larder-river-'));
  // The evening of the demo's broadcast, wherever the machine's clock stands.
  const startMs = msFromDay(dayFromMs(Date.now())) + 19.9 * 3_600_000;
  const startedAt = Date.now();
  nowMs = () => startMs + (Date.now() - startedAt) * speed;
  campaign = `family-${isoFromDay(dayFromMs(startMs))}`;
  const configuration = readConfiguration({ PORT: '0', LARDER_DATA: folder, LARDER_NO_FIT: '1' });
  larder = await openLarder(configuration, (text) => process.stderr.write(`${text}\n`), { nowMs, speed });
  address = new URL(larder.address).origin;
  const entered = await fetch(`${address}/api/demo/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ role: 'operator', name: 'Lan' }),
  });
  cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  workspace = (
    (await (await fetch(`${address}/api/session`, { headers: { cookie } })).json()) as { demo: { id: string } }
  ).demo.id;
}, 120_000);

afterAll(async () => {
  await larder.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (path: string): { doc: Y.Doc; close(): void } => {
  const doc = new Y.Doc();
  class Socket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers: { cookie, origin: address } });
    }
  }
  const provider = new WebsocketProvider(`${address.replace('http', 'ws')}/sync/${workspace}`, path, doc, {
    WebSocketPolyfill: Socket as never,
    disableBc: true,
  });
  // The server's acknowledgements and notices, which a stock client only complains about.
  for (const type of [100, 101]) provider.messageHandlers[type] = () => undefined;
  return { doc, close: () => provider.destroy() };
};

interface Started {
  readonly surge: { readonly product: string; readonly atMs: number } | null;
}

const simulate = async (
  minutes: number,
  seed: string,
): Promise<{ started: Started; ended: Promise<void>; child: ChildProcess }> => {
  const made = await fetch(`${address}/api/workspaces/${workspace}/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address, cookie },
    body: JSON.stringify({ name: 'Simulator' }),
  });
  const source = (await made.json()) as { id: string; secret: string };
  const args = [
    '--address',
    address,
    '--workspace',
    workspace,
    '--campaign',
    campaign,
    '--source',
    source.id,
    '--secret',
    source.secret,
    '--minutes',
    String(minutes),
    '--speed',
    String(speed),
    '--seed',
    seed,
    '--surge-after',
    '10.5',
    '--end',
  ];
  const child = spawn(process.execPath, [join(root, 'sync-server/commands/simulate.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const started = await new Promise<Started>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split('\n')[0] ?? '';
      if (text.includes('\n')) resolve(JSON.parse(line) as Started);
    });
  });
  return { started, child, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
};

const until = async (isDone: () => boolean, atMost: number): Promise<void> => {
  for (const end = Date.now() + atMost; !isDone() && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a surge planted from outside is proposed within a minute, and nothing in ten quiet ones', async () => {
  const show = open(`show/${campaign}`);
  const broadcast = open(`broadcast/${campaign}`);
  const before = nowMs();
  const { started, ended } = await simulate(18, 'river-1');
  const surge = started.surge;
  if (!surge) throw new Error('no surge was planted');
  expect(surge.atMs - before).toBeGreaterThan(10 * 60_000);

  let latest: Show = readShow(show.doc);
  show.doc.on('update', () => (latest = readShow(show.doc)));
  await until(() => latest.suggestions.length > 0, 60_000);
  const [suggestion] = latest.suggestions;
  if (!suggestion) throw new Error('nothing was proposed');
  const item = latest.items.find((each) => each.id === suggestion.itemId);
  expect(item?.productId).toBe(surge.product);
  const delaySeconds = (suggestion.atMs - surge.atMs) / 1000;
  process.stdout.write(`surge → suggestion after ${delaySeconds.toFixed(1)} s of the broadcast\n`);
  expect(delaySeconds).toBeGreaterThan(0);
  expect(delaySeconds).toBeLessThanOrEqual(60);
  expect(suggestion.evidence['rate']).toBeGreaterThan(suggestion.evidence['usual'] ?? 1);

  const view = readBroadcast(broadcast.doc);
  expect(view.second?.products.length).toBeGreaterThan(5);
  expect(view.second?.viewers).toBeGreaterThan(300);
  expect(view.comments.length).toBeGreaterThan(10);

  answerSuggestion(show.doc, { id: suggestion.id, state: 'accepted', byMember: 'm' });
  const currentAt = latest.items.findIndex((each) => each.id === latest.onAir.currentItemId);
  expect(readShow(show.doc).items[currentAt + 1]?.id).toBe(suggestion.itemId);

  await ended;
  await until(() => latest.onAir.endedMs !== null, 10_000);
  expect(latest.onAir.endedMs).not.toBeNull();
  const facts = open(`facts/behaviour/${monthFromMs(nowMs())}`);
  await until(
    () => readManifest(facts.doc).records.some((record) => record.kind === 'behaviour' && record.maxMs > surge.atMs),
    10_000,
  );
  expect(readManifest(facts.doc).records.some((record) => record.maxMs > surge.atMs)).toBe(true);
  for (const each of [show, broadcast, facts]) each.close();
}, 150_000);
