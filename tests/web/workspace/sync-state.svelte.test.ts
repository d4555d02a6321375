import { expect, test } from 'vitest';
import { documentReport } from '#tests/web/document-report.ts';
import { SyncState } from '#web/workspace/sync-state.svelte.ts';

const within = (run: () => void): void => $effect.root(run)();
const waiting = [{ place: 'items/a', atMs: 5 }];

test('never says that it is on the server before every document has been answered, nor that it is at home here', () => {
  within(() => {
    const sync = new SyncState('server', () => 100);
    expect(sync.kind).toBe('opening');
    sync.take(documentReport({ isConnected: false, isTrying: true, isSynced: false }));
    expect(sync.kind).toBe('opening');
    sync.take(documentReport({ isConnected: false, isSynced: false }));
    expect(sync.kind).toBe('offline');
    // Another document that is only being opened does not change what is known.
    sync.take(documentReport({ path: 'catalogue', isConnected: false, isTrying: true, isSynced: false }));
    expect(sync.kind).toBe('offline');
    sync.drop('catalogue');
    sync.take(documentReport({ isSynced: false }));
    expect(sync.kind).toBe('opening');
    sync.take(documentReport());
    expect(sync.kind).toBe('server');
    sync.take(documentReport({ path: 'catalogue', isSynced: false }));
    expect(sync.kind).toBe('opening');
    sync.take(documentReport({ path: 'catalogue', waiting }));
    expect(sync.kind).toBe('waiting');
    sync.take(documentReport({ path: 'catalogue' }));
    expect(sync.kind).toBe('server');
  });
});

test('counts places that wait, in all documents and elsewhere, oldest first', () => {
  within(() => {
    const sync = new SyncState('server', () => 0);
    sync.take(documentReport({ path: 'show/a', waiting: [{ place: 'items/b', atMs: 9 }] }));
    sync.take(documentReport({ waiting }));
    sync.setElsewhere(2);
    expect(sync.waitingCount).toBe(4);
    expect(sync.waiting.map(({ place }) => place)).toEqual(['items/a', 'items/b']);
    sync.drop('show/a');
    expect(sync.waitingCount).toBe(3);
  });
});

test('offline since the moment the last document lost its line', () => {
  within(() => {
    let nowMs = 1000;
    const sync = new SyncState('server', () => nowMs);
    sync.take(documentReport());
    sync.take(documentReport({ path: 'catalogue' }));
    expect(sync.offlineSinceMs).toBeNull();
    nowMs = 2000;
    sync.take(documentReport({ isConnected: false, isSynced: false }));
    nowMs = 3000;
    sync.take(documentReport({ path: 'catalogue', isConnected: false, isSynced: false }));
    expect(sync.kind).toBe('offline');
    expect(sync.offlineSinceMs).toBe(3000);
  });
});

test('a failure to save here is louder than anything else', () => {
  within(() => {
    const sync = new SyncState('server', () => 0);
    sync.take(documentReport({ waiting, failure: 'quota', unsaved: 3 }));
    expect(sync.kind).toBe('failed');
    expect(sync.failure).toBe('quota');
    expect(sync.unsavedCount).toBe(3);
  });
});

test('a workspace of one device is never on a server, and a reader has nothing to save', () => {
  within(() => {
    const local = new SyncState('device', () => 0);
    local.take(documentReport({ isConnected: false, isSynced: false }));
    expect(local.kind).toBe('device');
    const reader = new SyncState('server', () => 0, false);
    reader.take(documentReport({ access: 'read' }));
    expect(reader.kind).toBe('read-only');
  });
});
