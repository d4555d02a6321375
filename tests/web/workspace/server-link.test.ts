import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openServerLink } from '#web/workspace/server-link.ts';

afterEach(() => vi.unstubAllGlobals());

const messageAwareness = 1;

test('a document announces nobody until somebody says that they are in it', async () => {
  const sent: (number | undefined)[] = [];
  vi.stubGlobal(
    'WebSocket',
    class {
      readonly OPEN = 1;
      readonly readyState = 1;
      onopen: (() => void) | null = null;
      constructor() {
        setTimeout(() => this.onopen?.(), 1);
      }
      send([kind]: Uint8Array): void {
        sent.push(kind);
      }
      close(): void {}
    },
  );
  const told = vi.fn();
  const events = { sentAll: told, acknowledged: told, noticed: told, statusChanged: told, ended: told };
  const place = { address: 'ws://127.0.0.1:9', room: 'w/settings', member: 'm', channel: `w-${Date.now()}` };
  const link = openServerLink(new Y.Doc(), place, events);
  link.start();
  await expect.poll(() => link.isConnected).toBe(true);
  expect(link.awareness.getLocalState()).toBeNull();
  expect(sent.filter((kind) => kind === messageAwareness)).toEqual([]);
  link.awareness.setLocalState({ field: 'title' });
  expect(sent.filter((kind) => kind === messageAwareness)).toHaveLength(1);
  link.close();
});
