/** The door for tests from outside, on a real server process. */
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type LarderProcess, openLarderProcess } from '../../end-to-end/larder-process.ts';
import { TestClient, until } from '../rig.ts';

let larder: LarderProcess;
const providers: WebsocketProvider[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const provider of providers.splice(0)) provider.destroy();
  await larder.close();
});

test('[ROOM26] a stock client with the token, and nobody else, until somebody is a member', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  larder = await openLarderProcess({
    LARDER_NO_DEMO: '1',
    LARDER_TEST_TOKEN: 'a secret',
    LARDER_TEST_PREFIX: 'test-abc',
  });
  expect(larder.output()).toContain('LARDER_TEST_TOKEN is set');
  const sync = `${larder.address.replace('http', 'ws')}/sync`;
  const [ann, bo] = [0, 1].map(() => {
    const provider = new WebsocketProvider(sync, 'test-abc-1', new Y.Doc(), {
      params: { token: 'a secret' },
      disableBc: true,
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    });
    providers.push(provider);
    return provider;
  });
  ann!.doc.getText('text').insert(0, 'milk');
  await until(() => bo!.doc.getText('text').toString() === 'milk');

  const closeCodeOf = async (path: string, headers: Record<string, string> = {}): Promise<number | null> => {
    const client = new TestClient(`${sync}/${path}`, headers);
    await client.settled;
    if (client.closeCode === null && client.status === null) await client.roundTrip();
    client.socket.terminate();
    return client.closeCode;
  };
  expect(await closeCodeOf('test-abc-1', { authorization: 'Bearer a secret' })).toBeNull();
  for (const path of ['test-abc-1', 'test-abc-1?token=', 'test-abc-1?token=a%20secre', 'test-xyz?token=a%20secret'])
    expect([path, await closeCodeOf(path)]).toEqual([path, 4401]);

  // Kept over a crash, like every room.
  await larder.kill();
  await larder.start();
  await until(() => ann!.wsconnected, 10_000);
  ann!.doc.getText('text').insert(4, '!');
  await until(() => bo!.doc.getText('text').toString() === 'milk!', 10_000);

  const claim = [...larder.output().matchAll(/#claim=(\S+)/g)].at(-1)?.[1] ?? '';
  const claimed = await fetch(`${larder.address}/api/claim`, {
    method: 'POST',
    headers: { origin: larder.address },
    body: JSON.stringify({ claim, name: 'Ann', brand: 'North Slope' }),
  });
  expect(claimed.status).toBe(200);
  expect(await closeCodeOf('test-abc-1?token=a%20secret')).toBe(4403);
  await larder.stop();
  await expect(larder.start()).rejects.toThrow('LARDER_TEST_TOKEN is refused');
});
