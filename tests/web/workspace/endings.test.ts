import { afterEach, expect, test, vi } from 'vitest';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { type Ending, openDocuments } from '#web/workspace/documents.ts';
import { openWorkspace } from '#web/workspace/open-workspace.ts';

/** A server that accepts the connection and ends it for good. */
const closingWith = (code: number, opened: () => void, notice?: object) =>
  class extends EventTarget {
    readonly readyState = 0;
    binaryType = 'arraybuffer';
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: CloseEvent) => void) | null = null;
    constructor() {
      super();
      opened();
      const text = new TextEncoder().encode(JSON.stringify(notice));
      if (notice)
        setTimeout(() => {
          this.onopen?.();
          this.onmessage?.({ data: Uint8Array.of(101, text.length, ...text).buffer });
        }, 1);
      setTimeout(() => this.onclose?.(new CloseEvent('close', { code })), 1);
    }
    send(): void {}
    close(): void {}
  };

afterEach(() => vi.unstubAllGlobals());

test.each<[number, Ending]>([
  [4401, 'signed-out'],
  [4403, 'revoked'],
  [4404, 'unknown-room'],
  [4409, 'over-limit'],
  [4426, 'update-needed'],
  [4400, 'malformed'],
  [4499, 'malformed'],
])('code %i is told as %s, once, and nobody knocks again', async (code, ending) => {
  const opened = vi.fn();
  vi.stubGlobal('WebSocket', closingWith(code, opened));
  const endings: string[] = [];
  const documents = openDocuments({
    workspace: 'w-test',
    memberId: `m-${code}-${Date.now()}`,
    origin: 'http://127.0.0.1:9',
    accessTo: () => 'write',
    nowMs: () => 1000,
    report: () => undefined,
    closed: () => undefined,
    ended: (path, told) => endings.push(`${path} ${told}`),
    roleChanged: () => undefined,
  });
  await documents.open('settings').loaded;
  await expect.poll(() => endings).toEqual([`settings ${ending}`]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect([endings.length, opened.mock.calls.length]).toEqual([1, 1]);
  await documents.close();
});

test.each([
  [4409, { kind: 'not-accepted', why: 'size' }, 'size'],
  [4410, undefined, 'unreadable'],
])('code %i after %o ends one document, says why, and takes no right away', async (code, notice, withheld) => {
  vi.stubGlobal('WebSocket', closingWith(code, vi.fn(), notice));
  const said = vi.fn();
  const ended = vi.fn();
  const documents = openDocuments({
    workspace: 'w-test',
    memberId: `m-withheld-${code}-${Date.now()}`,
    origin: 'http://127.0.0.1:9',
    accessTo: () => 'write',
    nowMs: () => 1000,
    report: said,
    closed: () => undefined,
    ended,
    roleChanged: ended,
  });
  const { access } = documents.open('settings');
  await expect.poll(() => said.mock.lastCall?.[0]).toMatchObject({ withheld, access, isConnected: false });
  expect([access, ended.mock.calls]).toEqual(['write', []]);
  await documents.close();
});

test.each([4403, 4404])(
  'closed with %i: who was removed meanwhile is told so, who still belongs is not',
  async (code) => {
    vi.stubGlobal('WebSocket', closingWith(code, vi.fn()));
    const database = openDeviceDatabase();
    const id = `w-${code}-${Date.now()}`;
    const own = { id, brand: 'North Slope', name: 'Ann', role: 'host', isDemo: false };
    for (const [after, told] of [
      [[own], []],
      [[], ['revoked']],
    ] as const) {
      let asked = 0;
      vi.stubGlobal('fetch', () => {
        const workspaces = asked++ === 0 ? [own] : after;
        return Promise.resolve(Response.json({ member: { id: 'm-1', name: 'Ann' }, workspaces, serverMs: Date.now() }));
      });
      const endings: string[] = [];
      const opened = await openWorkspace(id, {
        database,
        origin: 'http://127.0.0.1:9',
        ended: (ending) => endings.push(ending),
        reopen: () => undefined,
      });
      await expect.poll(() => asked).toBe(2);
      await expect.poll(() => endings).toEqual(told);
      if (opened.ok) await opened.value.wipe();
    }
    database.close();
  },
);
