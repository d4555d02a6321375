/** Leads objects of one or several documents back to a version: keeps the state before, changes, tells. */
import { type Result, fail, ok } from '#core/result.ts';
import { type ObjectRef, objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { restoreObjects } from '#core/workspace/history/restore-objects.doc.ts';
import type { TouchedObject } from '#core/workspace/history/touched-objects.doc.ts';
import type { Author } from '#core/workspace/history/version.ts';
import { createId } from '#sync-server/access/secrets.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { ChangeJournal } from './change-journal.ts';
import { type KeepFailure, type Versions, docFrom } from './versions.ts';

export interface RestoreDeps {
  readonly rooms: Pick<Rooms, 'change'>;
  readonly versions: Versions;
  readonly journal: ChangeJournal;
  nowMs(): number;
}

export interface ObjectInDocument extends ObjectRef {
  /** The document: `campaign/c1`. */
  readonly path: string;
}

export interface Restored {
  /** The version that takes it back. */
  readonly before: string;
  readonly objects: readonly (TouchedObject & { readonly path: string })[];
}

export const restoreVersion = async (
  { rooms, versions, journal, nowMs }: RestoreDeps,
  workspace: string,
  member: Author,
  { version, objects }: { readonly version: string; readonly objects: readonly ObjectInDocument[] },
): Promise<Result<Restored, KeepFailure | { readonly kind: 'unknown-version' }>> => {
  const before = `restore-${createId()}`;
  const byPath = Map.groupBy(objects, ({ path }) => path);
  const states = new Map<string, Uint8Array>();
  for (const path of byPath.keys()) {
    const state = await versions.read(`${workspace}/${path}`, version);
    if (state === null) return fail({ kind: 'unknown-version' });
    states.set(path, state);
  }
  for (const path of byPath.keys()) {
    const note = { id: before, kind: 'before-restore', name: '', atMs: nowMs(), member } as const;
    const kept = await versions.keep(`${workspace}/${path}`, note);
    if (!kept.ok) return kept;
  }
  const restored: Restored['objects'][number][] = [];
  for (const [path, wanted] of byPath) {
    const room = `${workspace}/${path}`;
    const kinds = objectKindsOf(path);
    const then = docFrom(states.get(path) ?? null);
    const touched = kinds ? await rooms.change(room, 'restore', (doc) => restoreObjects(doc, then, kinds, wanted)) : [];
    then.destroy();
    if (touched.length === 0) continue;
    await journal.noteRestore(room, member, { version, before, objects: touched });
    restored.push(...touched.map((object) => ({ ...object, path })));
  }
  return ok({ before, objects: restored });
};
