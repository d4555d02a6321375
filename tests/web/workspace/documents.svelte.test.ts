import { afterEach, expect, test, vi } from 'vitest';
import type { Role } from '#core/units/role.ts';
import { accessTo } from '#web/workspace/access-to.ts';
import { type DocumentReport, openDocuments } from '#web/workspace/documents.ts';
import { findUnconfirmed } from '#web/workspace/find-unconfirmed.ts';
import { ReadOnlyDocument } from '#web/workspace/read-only-guard.ts';

afterEach(() => vi.unstubAllGlobals());

let next = 0;
/** A server that nobody runs: everything is offline. */
const unreachable = 'http://127.0.0.1:9';
const rig = (given: { home?: 'server' | 'device'; role?: Role; memberId?: string } = {}) => {
  const { home = 'server', role = 'operator', memberId = `m-${Date.now()}-${(next += 1)}` } = given;
  const reports = new Map<string, DocumentReport>();
  const documents = openDocuments({
    workspace: 'w-test',
    memberId,
    origin: home === 'device' ? null : unreachable,
    accessTo: (path) => accessTo(home, 'w-test', role, path),
    nowMs: () => 1000,
    report: (report) => reports.set(report.path, report),
    closed: (path) => reports.delete(path),
    ended: () => undefined,
    roleChanged: () => undefined,
  });
  return { documents, reports, memberId, prefix: `larder/w-test/${memberId}/` };
};

test('an edit without a server waits, survives the session, and is found again at the next start', async () => {
  const first = rig();
  const opened = first.documents.open('catalogue');
  await opened.loaded;
  expect(await findUnconfirmed(first.prefix)).toEqual([]);
  opened.doc.getMap('products').set('p1', 'milk');
  expect(first.reports.get('catalogue')?.waiting).toEqual([{ place: 'products/p1', atMs: 1000 }]);
  await first.documents.close();
  expect(await findUnconfirmed(first.prefix)).toEqual(['catalogue']);

  const second = rig({ memberId: first.memberId });
  const again = second.documents.open('catalogue');
  await again.loaded;
  expect(again.doc.getMap('products').toJSON()).toEqual({ p1: 'milk' });
  expect(second.reports.get('catalogue')?.waiting).toEqual([{ place: 'products/p1', atMs: 1000 }]);
  expect(second.documents.textsOfPending()).toEqual([{ path: 'catalogue', texts: ['milk'] }]);
  await second.documents.close();
});

test('a role that may only read is refused before anything is applied; one without access cannot open', async () => {
  const { documents, reports } = rig({ role: 'host' });
  const opened = documents.open('catalogue');
  await opened.loaded;
  expect(opened.access).toBe('read');
  expect(() => opened.doc.getMap('products').set('p1', 'milk')).toThrow(ReadOnlyDocument);
  expect(reports.get('catalogue')?.waiting).toEqual([]);
  expect(() => documents.open('segments')).toThrow('no access');
  await documents.close();
});

test('documents are shared by those who open them, and two tabs of one device see each other without a server', async () => {
  const one = rig({ home: 'device', role: 'owner' });
  const two = rig({ home: 'device', role: 'owner', memberId: one.memberId });
  const here = one.documents.open('settings');
  expect(one.documents.open('settings').doc).toBe(here.doc);
  const there = two.documents.open('settings');
  await Promise.all([here.loaded, there.loaded]);
  here.doc.getText('brand').insert(0, 'North Slope');
  await expect.poll(() => there.doc.getText('brand').toJSON()).toBe('North Slope');
  expect(one.reports.get('settings')?.waiting).toEqual([]);
  await Promise.all([one.documents.close(), two.documents.close()]);
});

test('another member of the same browser sees nothing of it', async () => {
  const mine = rig();
  const theirs = rig();
  const here = mine.documents.open('settings');
  const there = theirs.documents.open('settings');
  await Promise.all([here.loaded, there.loaded]);
  here.doc.getText('brand').insert(0, 'mine');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(there.doc.getText('brand').toJSON()).toBe('');
  await Promise.all([mine.documents.close(), theirs.documents.close()]);
});

test('a copy with nothing in it says so only once the server cannot be reached; one with something in it at once', async () => {
  const hangUp: (() => void)[] = [];
  /** Neither answers nor refuses, until it is hung up. */
  class Silent extends EventTarget {
    readonly readyState = 0;
    onclose: ((event: CloseEvent) => void) | null = null;
    constructor() {
      super();
      hangUp.push(() => this.onclose?.(new CloseEvent('close', { code: 1006 })));
    }
    send(): void {}
    close(): void {}
  }
  vi.stubGlobal('WebSocket', Silent);
  const first = rig();
  const opened = first.documents.open('catalogue');
  let isLoaded = false;
  void opened.loaded.then(() => (isLoaded = true));
  await expect.poll(() => hangUp.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isLoaded).toBe(false);
  hangUp[0]?.();
  await opened.loaded;
  opened.doc.getMap('products').set('p1', 'milk');
  await first.documents.close();

  const second = rig({ memberId: first.memberId });
  await second.documents.open('catalogue').loaded;
  expect(hangUp.length).toBe(2);
  await second.documents.close();
});
