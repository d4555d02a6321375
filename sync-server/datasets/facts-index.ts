/**
 * Keeps `facts-index` of every workspace: a counter for each manifest that changed. Counting comes after the change is
 * durable, so a crash in between loses a count; therefore every manifest counts once more after an unclean end.
 */
import { countManifestChanges } from '#core/datasets/manifest.doc.ts';
import { pathOfRoom, workspaceOf } from '#core/workspace/rooms.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface FactsIndexDeps {
  readonly rooms: Pick<Rooms, 'change' | 'watchNames'>;
  readonly storage: Pick<Storage, 'log' | 'records'>;
  /** Changes of this long are counted together. */
  readonly delayMs: number;
  report(kind: string, detail: string): void;
}

export interface FactsIndex {
  /** Counts everything again unless the last end was clean. */
  open(workspaces: readonly string[]): Promise<void>;
  /** Counts what waits and remembers the clean end. */
  close(): Promise<void>;
}

const retryMs = 5000;

export const createFactsIndex = ({ rooms, storage, delayMs, report }: FactsIndexDeps): FactsIndex => {
  const waiting = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  let isOpen = false;
  /** Whether storage says that the end was not clean, as a crash would leave it. */
  let isMarked = false;

  const count = (workspace: string, paths: ReadonlySet<string>): Promise<void> =>
    rooms.change(`${workspace}/facts-index`, 'count-changes', (doc) => countManifestChanges(doc, paths));
  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = [...waiting];
    waiting.clear();
    for (const [workspace, paths] of due) {
      try {
        await mark();
        await count(workspace, paths);
      } catch (error) {
        report('facts-index', String(error));
        for (const path of paths) wait(workspace, path, retryMs);
      }
    }
  };
  const wait = (workspace: string, path: string, inMs = delayMs): void => {
    const paths = waiting.get(workspace) ?? new Set();
    waiting.set(workspace, paths.add(path));
    timer ??= setTimeout(() => void flush(), inMs);
  };
  const stopWatching = rooms.watchNames((room) => {
    const path = pathOfRoom(room);
    if (path.startsWith('facts/')) wait(workspaceOf(room), path);
  });
  const writeState = (isClean: boolean): Promise<unknown> =>
    storage.records.write([{ collection: 'server', key: 'facts-index', value: { isClean } }]);
  const mark = async (): Promise<void> => {
    if (!isMarked) await writeState(false);
    isMarked = true;
  };

  return {
    open: async (workspaces) => {
      const state = await storage.records.read('server', 'facts-index');
      isMarked = (state?.value as { isClean: boolean } | undefined)?.isClean === false;
      const wasClean = !isMarked;
      isOpen = true;
      try {
        await mark();
        if (wasClean) return;
      } catch (error) {
        // On a full disk: what changes until there is room is counted then.
        report('facts-index', String(error));
      }
      for (const workspace of workspaces)
        for (const room of await storage.log.list(workspace))
          if (pathOfRoom(room).startsWith('facts/')) wait(workspace, pathOfRoom(room));
      await flush();
    },
    close: async () => {
      stopWatching();
      await flush();
      if (timer) clearTimeout(timer);
      if (!isOpen || waiting.size > 0) return;
      await writeState(true).catch((error: unknown) => report('facts-index', String(error)));
    },
  };
};
