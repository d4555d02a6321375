import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { openRig, type Rig, until } from '../rig.ts';

let rig: Rig;
const providers: WebsocketProvider[] = [];
// A stock client says so when it hears a message it does not know, and goes on.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(async () => {
  vi.restoreAllMocks();
  for (const provider of providers.splice(0)) {
    provider.destroy();
    provider.awareness.destroy();
  }
  await rig.close();
});

const open = (path: string, cookie: string): WebsocketProvider => {
  class BrowserLikeSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie, origin: `http://127.0.0.1:${rig.port}` } });
    }
  }
  const provider = new WebsocketProvider(`${rig.address}/sync`, `${rig.workspace}/${path}`, new Y.Doc(), {
    disableBc: true,
    WebSocketPolyfill: BrowserLikeSocket as unknown as typeof globalThis.WebSocket,
  });
  providers.push(provider);
  return provider;
};

test('[ROOM21] two stock providers sync, see each other, part and meet again', async () => {
  rig = await openRig();
  const ann = open('show/s1', (await rig.signIn('owner', 'Ann')).cookie);
  const bo = open('show/s1', (await rig.signIn('host', 'Bo')).cookie);
  await until(() => ann.synced && bo.synced);
  ann.doc.getText('script').insert(0, 'Good evening');
  await until(() => bo.doc.getText('script').toString() === 'Good evening');
  bo.awareness.setLocalState({ field: 'item/i1' });
  await until(() => [...ann.awareness.getStates().values()].some((state) => state['field'] === 'item/i1'));
  expect(ann.awareness.getStates().get(bo.doc.clientID)?.['member']).toMatchObject({ name: 'Bo', role: 'host' });

  bo.disconnect();
  ann.doc.getText('script').insert(12, ', everyone');
  bo.doc.getText('script').insert(0, 'Hello. ');
  await until(() => !ann.awareness.getStates().has(bo.doc.clientID));
  bo.connect();
  await until(() => ann.doc.getText('script').toString() === 'Hello. Good evening, everyone');
  await until(() => bo.doc.getText('script').toString() === 'Hello. Good evening, everyone');
});

test('[ROOM21, ROOM5] a permanent code stops the stock reconnect loop', async () => {
  rig = await openRig();
  const eve = open('segments', (await rig.signIn('host')).cookie);
  const closed = new Promise<number>((resolve) => {
    eve.on('closed' as 'sync', (({ code }: { code: number }) => resolve(code)) as never);
  });
  expect(await closed).toBe(4403);
  expect(eve.shouldConnect).toBe(false);
});
