/**
 * The room log in SQLite. Appends wait until the turn's end and go down in one transaction (group commit), which reaches
 * the write-ahead log and waits for no disk; `flush` waits for it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { LoggedUpdate, RoomLog } from './storage.ts';
import { runInTransaction } from './sqlite-records.ts';
import type { WriteAheadFlush } from './write-ahead-flush.ts';

interface WaitingAppend {
  readonly room: string;
  readonly bytes: Uint8Array;
  resolve(sequence: number): void;
  reject(reason: unknown): void;
}

/** Where the log of a room ends. */
interface RoomEnd {
  readonly id: number;
  sequence: number;
}

export const createSqliteLog = (
  database: DatabaseSync,
  ahead: Pick<WriteAheadFlush, 'committed' | 'flush'>,
): RoomLog & { commit(): void } => {
  const { append, commit, forgetEnds } = createAppends(database, ahead);
  const findRoom = database.prepare('SELECT id FROM room WHERE name = ?');
  const readUpdates = database.prepare(
    'SELECT sequence, bytes FROM roomUpdate WHERE room = ? AND sequence > ? ORDER BY sequence',
  );
  const readSnapshot = database.prepare(
    'SELECT sequence, bytes FROM snapshot WHERE room = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?',
  );
  const idOf = (room: string): number | null => (findRoom.get(room) as { id: number } | undefined)?.id ?? null;

  return {
    append,
    read: async (room, skipSnapshots = 0) => {
      const id = idOf(room);
      if (id === null) return { snapshot: null, updates: [] };
      const snapshot = (readSnapshot.get(id, skipSnapshots) as LoggedUpdate | undefined) ?? null;
      const updates = readUpdates.all(id, snapshot?.sequence ?? 0) as unknown as LoggedUpdate[];
      return { snapshot, updates };
    },
    writeSnapshot: async (room, { sequence, bytes }) => {
      const id = idOf(room);
      if (id === null) throw new Error('a room without updates has no snapshot');
      runInTransaction(database, () => {
        database
          .prepare('INSERT OR REPLACE INTO snapshot (room, sequence, bytes) VALUES (?, ?, ?)')
          .run(id, sequence, bytes);
        const older = readSnapshot.get(id, 1) as LoggedUpdate | undefined;
        if (!older) return;
        database.prepare('DELETE FROM snapshot WHERE room = ? AND sequence < ?').run(id, older.sequence);
        database.prepare('DELETE FROM roomUpdate WHERE room = ? AND sequence <= ?').run(id, older.sequence);
      });
    },
    retake: async (room, snapshot) => {
      const id = idOf(room);
      if (id === null) throw new Error('a room without updates has no snapshot');
      commit();
      retakeRoom(database, id, snapshot);
    },
    list: async (workspace) => roomsOf(database, workspace).map(({ name }) => name),
    removeWorkspace: async (workspace) => {
      commit();
      forgetEnds();
      runInTransaction(database, () => {
        for (const { id } of roomsOf(database, workspace)) {
          for (const table of ['roomUpdate', 'snapshot'])
            database.prepare(`DELETE FROM ${table} WHERE room = ?`).run(id);
          database.prepare('DELETE FROM room WHERE id = ?').run(id);
        }
      });
    },
    flush: () => ahead.flush(),
    commit,
  };
};

/** Commits within reach the write-ahead log and wait for no disk. */
const withoutDisk = <Answer>(database: DatabaseSync, act: () => Answer): Answer => {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return act();
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
};

/** Group commit: what comes within one turn of the event loop. */
const createAppends = (
  database: DatabaseSync,
  ahead: Pick<WriteAheadFlush, 'committed'>,
): Pick<RoomLog, 'append'> & { commit(): void; forgetEnds(): void } => {
  const addRoom = database.prepare('INSERT INTO room (name) VALUES (?) ON CONFLICT (name) DO NOTHING');
  const findEnd = database.prepare(
    `SELECT id, max(
      coalesce((SELECT max(sequence) FROM roomUpdate WHERE room = id), 0),
      coalesce((SELECT max(sequence) FROM snapshot WHERE room = id), 0)) AS sequence FROM room WHERE name = ?`,
  );
  const addUpdate = database.prepare('INSERT INTO roomUpdate (room, sequence, bytes) VALUES (?, ?, ?)');
  /** Nobody else writes here; after a write that failed they are looked up again. */
  const ends = new Map<string, RoomEnd>();
  const endOf = (room: string): RoomEnd => {
    const known = ends.get(room);
    if (known) return known;
    addRoom.run(room);
    const end = findEnd.get(room) as unknown as RoomEnd;
    ends.set(room, end);
    return end;
  };
  let waiting: WaitingAppend[] = [];
  const write = (batch: readonly WaitingAppend[]): readonly number[] =>
    runInTransaction(database, () =>
      batch.map(({ room, bytes }) => {
        const end = endOf(room);
        end.sequence += 1;
        addUpdate.run(end.id, end.sequence, bytes);
        return end.sequence;
      }),
    );
  const commit = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      const sequences = withoutDisk(database, () => write(batch));
      ahead.committed();
      batch.forEach(({ resolve }, at) => resolve(sequences[at] ?? 0));
    } catch (error) {
      ends.clear();
      batch.forEach(({ reject }) => reject(error));
    }
  };

  return {
    append: (room, bytes) =>
      new Promise((resolve, reject) => {
        waiting.push({ room, bytes, resolve, reject });
        if (waiting.length === 1) setImmediate(commit);
      }),
    commit,
    forgetEnds: () => ends.clear(),
  };
};

const retakeRoom = (database: DatabaseSync, id: number, { sequence, bytes }: LoggedUpdate): void => {
  runInTransaction(database, () => {
    for (const table of ['roomUpdate', 'snapshot'])
      database.prepare(`DELETE FROM ${table} WHERE room = ? AND sequence <= ?`).run(id, sequence);
    database.prepare('INSERT INTO snapshot (room, sequence, bytes) VALUES (?, ?, ?)').run(id, sequence, bytes);
  });
  // The write-ahead log still has the pages as they were.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
};

/** `0` follows `/` in ASCII, so this range is exactly the names that start with `<workspace>/`. */
const roomsOf = (database: DatabaseSync, workspace: string): { id: number; name: string }[] =>
  database
    .prepare('SELECT id, name FROM room WHERE name >= ? AND name < ? ORDER BY name')
    .all(`${workspace}/`, `${workspace}0`) as { id: number; name: string }[];
