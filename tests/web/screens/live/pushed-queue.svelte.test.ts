import { notePushedReached } from '#core/campaigns/suggestions.doc.ts';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import PushedQueue from '#web/screens/live/PushedQueue.svelte';
import { LiveRoom } from '#web/screens/live/live-room.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';
import { documentReport } from '#tests/web/document-report.ts';
import type { DocumentReport } from '#web/workspace/documents.ts';
import { SyncState } from '#web/workspace/sync-state.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

test('a pushed line is with the host once the host’s screen has it, and says until then where it is', async () => {
  language.current = 'en';
  const sync = new SyncState('server', () => 1000);
  const presence = $state({ others: [] as { member: { role: string }; isAway: boolean }[] });
  const opened = (): OpenDocument => ({
    doc: new Y.Doc(),
    access: 'write',
    awareness: null,
    loaded: Promise.resolve(),
    synced: Promise.resolve(),
    close: () => undefined,
  });
  const workspace = {
    id: 'w',
    home: 'server',
    member: { name: 'Xu', role: 'assistant' },
    sync,
    presence,
    nowMs: () => 1000,
    open: opened,
  };
  const room = new LiveRoom(workspace as unknown as Workspace, 'friday');
  await render(PushedQueue, { room });
  const report = (isConnected: boolean, waiting: DocumentReport['waiting']): DocumentReport =>
    documentReport({ path: 'show/friday', isConnected, isSynced: isConnected, waiting });
  const says = (change: () => void): string => {
    flushSync(change);
    return [...document.querySelectorAll('li')].map((line) => line.textContent).join(', ');
  };
  expect(
    says(() => {
      room.push('40 boxes left');
      sync.take(report(false, [{ place: 'pushed', atMs: 1001 }]));
    }),
  ).toContain('not sent yet');
  expect(says(() => sync.take(report(true, [])))).toContain('host is offline');
  const host = { member: { role: 'host' }, isAway: false };
  expect(says(() => void presence.others.push(host))).toContain('not on host’s screen yet');
  expect(says(() => room.noteReached())).toContain('not on host’s screen yet');
  expect(says(() => void notePushedReached(room.show.doc, 1002))).toContain('with host');
  expect(says(() => room.answerLine(room.pushed[0]?.id ?? '', 'said'))).toMatch(/said$/);
  room.close();
});
