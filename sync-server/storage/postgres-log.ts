/**
 * The room log in PostgreSQL. Appends wait until the turn's end and go down in one statement, which is one commit;
 * what comes while it is under way forms the next. The statement first locks the lease rows of its rooms and leaves out
 * every room whose token is not the one that was sent: a process that lost a room, however late it wakes, cannot write.
 */
import type { PendingQuery, Sql, TransactionSql } from 'postgres';
import { inTime } from './in-time.ts';
import { LeaseLost, type LoggedUpdate, type RoomLog } from './storage.ts';

interface WaitingAppend {
  readonly room: string;
  readonly bytes: Uint8Array;
  resolve(sequence: number): void;
  reject(reason: unknown): void;
}

interface Piece {
  readonly sequence: string;
  readonly piece: number;
  readonly bytes: Buffer;
}

/** A database that does not answer for so long is as good as a full disk. */
const mostWaitMs = 5000;
/** What is longer comes in several rows, so that a slow line is not taken for a dead one. */
const pieceBytes = 4 * 1024 * 1024;

interface HeldLeases {
  readonly process: string;
  tokenOf(name: string): number;
}

export const createPostgresLog = (sql: Sql, leases: HeldLeases): RoomLog & { finish(): Promise<void> } => {
  const { append, finish } = createAppends(sql, leases);
  return {
    append,
    finish,
    // An append is a commit, and a commit is on the disk.
    flush: async () => {},
    // A question that was under way when the line broke may never be answered, so reading has its time as well.
    read: (room, skipSnapshots = 0) => inTime((heard) => readRoom(sql, room, skipSnapshots, heard), mostWaitMs),
    writeSnapshot: (room, { sequence, bytes }) =>
      asHolder(sql, leases, room, async (transaction, id) => {
        await transaction`
          INSERT INTO snapshot (room, sequence, bytes) VALUES (${id}, ${sequence}, ${Buffer.from(bytes)})
          ON CONFLICT (room, sequence) DO UPDATE SET bytes = excluded.bytes`;
        const [older] = await transaction<{ sequence: string }[]>`
          SELECT sequence FROM snapshot WHERE room = ${id} ORDER BY sequence DESC LIMIT 1 OFFSET 1`;
        if (!older) return;
        await transaction`DELETE FROM snapshot WHERE room = ${id} AND sequence < ${older.sequence}`;
        await transaction`DELETE FROM room_update WHERE room = ${id} AND sequence <= ${older.sequence}`;
      }),
    retake: async (room, { sequence, bytes }) => {
      await asHolder(sql, leases, room, async (transaction, id) => {
        await transaction`DELETE FROM room_update WHERE room = ${id} AND sequence <= ${sequence}`;
        await transaction`DELETE FROM snapshot WHERE room = ${id} AND sequence <= ${sequence}`;
        await transaction`
          INSERT INTO snapshot (room, sequence, bytes) VALUES (${id}, ${sequence}, ${Buffer.from(bytes)})`;
      });
      // Rows that are gone lie in the pages until a vacuum.
      await sql`VACUUM room_update, snapshot`;
    },
    list: async (workspace) => {
      const rows = await sql<{ name: string }[]>`
        SELECT name FROM room WHERE starts_with(name, ${`${workspace}/`}) ORDER BY name`;
      return rows.map(({ name }) => name);
    },
    removeWorkspace: async (workspace) => {
      const prefix = `${workspace}/`;
      await sql.begin(async (transaction) => {
        // Whoever holds a room of it loses it with this.
        await transaction`DELETE FROM lease WHERE starts_with(name, ${prefix})`;
        const rooms = await transaction<{ id: string }[]>`
          DELETE FROM room WHERE starts_with(name, ${prefix}) RETURNING id`;
        const ids = rooms.map(({ id }) => id);
        await transaction`DELETE FROM room_update WHERE room = ANY(${ids}::bigint[])`;
        await transaction`DELETE FROM snapshot WHERE room = ANY(${ids}::bigint[])`;
      });
    },
  };
};

const readRoom = async (
  sql: Sql,
  room: string,
  skipSnapshots: number,
  heard: () => void,
): ReturnType<RoomLog['read']> => {
  const [snapshot = null] = await readPieces(
    sql,
    sql`SELECT sequence, bytes FROM snapshot WHERE room = (SELECT id FROM room WHERE name = ${room})
      ORDER BY sequence DESC LIMIT 1 OFFSET ${skipSnapshots}`,
    heard,
  );
  const updates = await readPieces(
    sql,
    sql`SELECT sequence, bytes FROM room_update WHERE room = (SELECT id FROM room WHERE name = ${room})
      AND sequence > ${snapshot?.sequence ?? 0}`,
    heard,
  );
  return { snapshot, updates };
};

/** Ordered here: the database would have to hold back all of it to sort it. */
const readPieces = async (
  sql: Sql,
  entries: PendingQuery<readonly Piece[]>,
  heard: () => void,
): Promise<readonly LoggedUpdate[]> => {
  const pieces: Piece[] = [];
  await sql<Piece[]>`
    SELECT sequence, piece, substring(bytes FROM piece * ${pieceBytes} + 1 FOR ${pieceBytes}) AS bytes
    FROM (${entries}) AS entry, generate_series(0, (octet_length(bytes) - 1) / ${pieceBytes}) AS piece`.forEach(
    (piece) => {
      heard();
      pieces.push(piece);
    },
  );
  pieces.sort((a, b) => Number(a.sequence) - Number(b.sequence) || a.piece - b.piece);
  return [...Map.groupBy(pieces, ({ sequence }) => sequence)].map(([sequence, parts]) => ({
    sequence: Number(sequence),
    bytes: new Uint8Array(Buffer.concat(parts.map(({ bytes }) => bytes))),
  }));
};

/** Group commit: one statement at a time, with everything that came while the one before was under way. */
const createAppends = (sql: Sql, leases: HeldLeases): Pick<RoomLog, 'append'> & { finish(): Promise<void> } => {
  let waiting: WaitingAppend[] = [];
  let committing: Promise<void> | null = null;
  const commit = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const sequences = await inTime(() => writeBatch(sql, leases, batch), mostWaitMs);
        batch.forEach(({ room, resolve, reject }, at) => {
          const sequence = sequences.get(at + 1);
          if (sequence === undefined) reject(new LeaseLost(room));
          else resolve(sequence);
        });
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
  };
  const commitSoon = (): Promise<void> =>
    (committing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(commit).finally(() => {
      committing = null;
      if (waiting.length > 0) void commitSoon();
    }));
  return {
    append: (room, bytes) =>
      new Promise((resolve, reject) => {
        waiting.push({ room, bytes, resolve, reject });
        void commitSoon();
      }),
    finish: async () => {
      if (waiting.length > 0 || committing) await commitSoon();
    },
  };
};

/** Runs `write` while nobody can take the room from us; refuses when it is not ours. */
const asHolder = async (
  sql: Sql,
  leases: HeldLeases,
  room: string,
  write: (sql: TransactionSql, id: string) => Promise<void>,
): Promise<void> => {
  await sql.begin(async (transaction) => {
    const [own] = await transaction<{ id: string }[]>`
      SELECT room.id FROM room JOIN lease ON lease.name = room.name
      WHERE room.name = ${room} AND lease.owner = ${leases.process} AND lease.token = ${leases.tokenOf(room)}
      FOR SHARE OF lease`;
    if (!own) throw new LeaseLost(room);
    await write(transaction, own.id);
  });
};

/** Answers the sequences by place in the batch, from 1; a place is absent when its room is not ours. */
const writeBatch = async (
  sql: Sql,
  leases: HeldLeases,
  batch: readonly WaitingAppend[],
): Promise<ReadonlyMap<number, number>> => {
  const rooms = batch.map(({ room }) => room);
  const bytes = batch.map((append) => Buffer.from(append.bytes).toString('hex'));
  const tokens = rooms.map((room) => String(leases.tokenOf(room)));
  const rows = await sql<{ at: string; sequence: string }[]>`
    WITH given AS (
      SELECT room, decode(hex, 'hex') AS bytes, token, at
      FROM unnest(${rooms}::text[], ${bytes}::text[], ${tokens}::bigint[]) WITH ORDINALITY AS row (room, hex, token, at)
    ), held AS (
      SELECT lease.name FROM lease
      WHERE owner = ${leases.process} AND (name, token) IN (SELECT room, token FROM given)
      ORDER BY name FOR SHARE
    ), counted AS (
      INSERT INTO room (name, last_sequence)
      SELECT given.room, count(*) FROM given JOIN held ON held.name = given.room GROUP BY given.room
      ON CONFLICT (name) DO UPDATE SET last_sequence = room.last_sequence + excluded.last_sequence
      RETURNING name, id, last_sequence
    ), numbered AS (
      SELECT given.at, counted.id, given.bytes, counted.last_sequence
        - count(*) OVER (PARTITION BY given.room)
        + row_number() OVER (PARTITION BY given.room ORDER BY given.at) AS sequence
      FROM given JOIN counted ON counted.name = given.room
    ), written AS (
      INSERT INTO room_update (room, sequence, bytes) SELECT id, sequence, bytes FROM numbered
    )
    SELECT at, sequence FROM numbered`;
  return new Map(rows.map(({ at, sequence }) => [Number(at), Number(sequence)]));
};
