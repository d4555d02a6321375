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

export const createFactsIndex = ({ rooms, storage, delayMs, report }: FactsIndexDeps): FactsIndex => {
  const waiting = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  let isOpen = false;

  const count = (workspace: string, paths: ReadonlySet<string>): Promise<void> =>
    rooms.change(`${workspace}/facts-index`, 'count-changes', (doc) => countManifestChanges(doc, paths));
  const flush = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = [...waiting];
    waiting.clear();
    for (const [workspace, paths] of due) {
      try {
        await count(workspace, paths);
      } catch (error) {
        report('facts-index', String(error));
        for (const path of paths) wait(workspace, path);
      }
    }
  };
  const wait = (workspace: string, path: string): void => {
    const paths = waiting.get(workspace) ?? new Set();
    waiting.set(workspace, paths.add(path));
    timer ??= setTimeout(() => void flush(), delayMs);
  };
  const stopWatching = rooms.watchNames((room) => {
    const path = pathOfRoom(room);
    if (path.startsWith('facts/')) wait(workspaceOf(room), path);
  });
  const writeState = (isClean: boolean): Promise<unknown> =>
    storage.records.write([{ collection: 'server', key: 'facts-index', value: { isClean } }]);

  return {
    open: async (workspaces) => {
      const state = await storage.records.read('server', 'facts-index');
      await writeState(false);
      isOpen = true;
      if (state === null || (state.value as { isClean: boolean }).isClean) return;
      for (const workspace of workspaces) {
        const paths = (await storage.log.list(workspace)).map((room) => room.slice(workspace.length + 1));
        const manifests = new Set(paths.filter((path) => path.startsWith('facts/')));
        if (manifests.size > 0) await count(workspace, manifests);
      }
    },
    close: async () => {
      stopWatching();
      await flush();
      if (isOpen && waiting.size === 0) await writeState(true);
      if (timer) clearTimeout(timer);
    },
  };
};
