/** A highlight mark as a clip record: what was on, the line being read, 35 s before to 10 s after. */
import { keepClip } from '#core/content/library.doc.ts';
import type * as Y from 'yjs';
import type { LiveRoom } from './live-room.svelte.ts';

export const keepHighlight = (
  room: LiveRoom,
  library: Y.Doc,
  mark: { readonly id: string; readonly atMs: number },
): boolean => {
  const { startedMs } = room.onAir;
  if (startedMs === null) return false;
  return keepClip(library, {
    markId: mark.id,
    campaignId: room.id,
    productId: room.current?.productId ?? '',
    title: room.titleOf(room.current),
    text: room.lines[room.line] ?? '',
    tags: [],
    markedMs: mark.atMs,
    startedMs,
    byMember: room.workspace.member.name,
  }).ok;
};
