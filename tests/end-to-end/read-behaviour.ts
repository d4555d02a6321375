/** The behaviour facts recorded since a moment, read from the server as a member's device reads them. */
import type { BrowserContext } from 'playwright-core';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Behaviour } from '#core/datasets/fact.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { monthFromMs } from '#core/units/business-day.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';

const platform = createNodePlatform(new Uint8Array(32));

export const readBehaviour = async (
  address: string,
  workspace: string,
  context: BrowserContext,
  sinceMs: number,
): Promise<readonly Behaviour[]> => {
  const cookie = (await context.cookies(address)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const path = `facts/behaviour/${monthFromMs(sinceMs)}`;
  const { records } = readManifest(await readDocument(address, workspace, path, cookie));
  const recent = records.filter(({ kind, importMs }) => kind === 'behaviour' && importMs >= sinceMs);
  const chunks = recent.map(async ({ inline, hash }) => {
    const blob = `${address}/api/workspaces/${workspace}/rooms/${path}/blobs/${hash}`;
    const stored = inline ?? new Uint8Array(await (await fetch(blob, { headers: { cookie } })).arrayBuffer());
    const facts = unpackFacts(await platform.inflate(stored, 64_000_000));
    if (!facts.ok) throw new Error(`a chunk does not open: ${facts.error.kind}`);
    return facts.value as readonly Behaviour[];
  });
  return (await Promise.all(chunks)).flat();
};

const readDocument = async (address: string, workspace: string, path: string, cookie: string): Promise<Y.Doc> => {
  class Socket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers: { cookie, origin: address } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${address.replace('http', 'ws')}/sync/${workspace}`, path, doc, {
    WebSocketPolyfill: Socket as never,
    disableBc: true,
  });
  // The server's acknowledgements and notices, which a stock client only complains about.
  for (const type of [100, 101]) provider.messageHandlers[type] = () => undefined;
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  provider.destroy();
  return doc;
};
