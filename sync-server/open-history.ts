/** Composition of what documents were: versions, who changed what, restoring. */
import type { Access } from './access/access.ts';
import type { RouteModule } from './access/route-module.ts';
import { ChangeJournal } from './history/change-journal.ts';
import { createHistoryRoutes } from './history/history.routes.ts';
import { Versions } from './history/versions.ts';
import type { RoomDeps } from './rooms/room-deps.ts';
import type { Rooms } from './rooms/rooms.ts';
import type { Storage } from './storage/storage.ts';

export interface HistoryDeps {
  readonly storage: Pick<Storage, 'log' | 'records'>;
  readonly access: Pick<Access, 'watch'>;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export interface History {
  /** For the rooms: hears of every change by a member. */
  readonly noted: NonNullable<RoomDeps['noted']>;
  /** Once the rooms are there. */
  connect(rooms: Rooms): { readonly routes: readonly RouteModule[]; close(): Promise<void> };
}

export const openHistory = ({ storage, access, nowMs, report }: HistoryDeps): History => {
  const versions = new Versions({ storage });
  let connected: Rooms | null = null;
  const rooms = (): Rooms => {
    if (!connected) throw new Error('the rooms are not there yet');
    return connected;
  };
  const journal = new ChangeJournal({ records: storage.records, versions, rooms, nowMs, report });
  access.watch((change) => {
    if (change.kind === 'workspace-removed') journal.forgetWorkspace(change.workspace);
  });
  return {
    noted: (room, writes, sequence) => journal.note(room, writes, sequence),
    connect: (given) => {
      connected = given;
      return {
        routes: [createHistoryRoutes({ rooms: given, versions, journal, nowMs })],
        close: () => journal.flush(),
      };
    },
  };
};
