/** Which backups were made and until when they are meant to be kept: what an erasure cannot reach says so. */
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

export interface HeldBackup {
  /** The file's name, without where it lies. */
  readonly name: string;
  readonly atMs: number;
  readonly untilMs: number;
}

interface NotedBackup extends HeldBackup {
  readonly path: string;
}

const collection = 'backups';

/** One that is written over another takes its place. */
export const noteBackup = (backup: NotedBackup): RecordChange => ({
  collection,
  key: backup.path,
  value: backup,
  expiresMs: backup.untilMs,
});

/** Newest first, without those whose time is over. */
export const listBackups = async (records: Records, nowMs: number): Promise<readonly HeldBackup[]> =>
  (await readAll(records))
    .filter(({ untilMs }) => untilMs > nowMs)
    .map(({ name, atMs, untilMs }) => ({ name, atMs, untilMs }))
    .toSorted((a, b) => b.atMs - a.atMs);

export const pathsOfBackups = async (records: Records): Promise<readonly string[]> =>
  (await readAll(records)).map(({ path }) => path);

const readAll = async (records: Records): Promise<readonly NotedBackup[]> =>
  (await records.list(collection)).map(({ value }) => value as NotedBackup);
