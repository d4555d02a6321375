import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readSegments } from '#core/segments/segments.doc.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { Segments } from '#web/screens/segments/segments.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

test('[SEG19] a new segment is one however often it is asked for, and is listed once there is something in it', () => {
  const doc = new Y.Doc();
  const room = { doc, access: 'write', loaded: Promise.resolve(), close: () => undefined };
  let nowMs = 1000;
  const workspace = { open: () => room, nowMs: () => nowMs++ } as unknown as Workspace;
  const cleanup = $effect.root(() => {
    const segments = new Segments(workspace, {} as EngineClient<InsightRequests>, '');
    segments.create('', '');
    segments.create('', '');
    flushSync();
    expect(readSegments(doc).segments).toHaveLength(1);
    expect(segments.saved).toEqual([]);
    const blank = segments.chosen?.id;
    segments.create('烘焙', '标签 = 烘焙爱好者');
    segments.create('', '');
    expect(segments.chosen?.id).toBe(blank);
    segments.text('rule')?.insert(0, '单数 >= 3');
    flushSync();
    expect(segments.saved.map(({ rule }) => rule)).toEqual(['标签 = 烘焙爱好者', '单数 >= 3']);
    segments.create('', '');
    expect(readSegments(doc).segments).toHaveLength(3);
    segments.close();
  });
  cleanup();
});
