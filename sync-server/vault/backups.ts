/** Which backups were made and until when they are meant to be kept: what an erasure cannot reach says so. */
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

export interface HeldBackup {
  /** The file's name, without where it lies. */
  readonly name: string;
  readonly atMs: number;
  readonly untilMs: number;
}

const collection = 'backups';

export const noteBackup = (backup: HeldBackup): RecordChange => ({
  collection,
  key: `${String(backup.atMs).padStart(15, '0')}-${backup.name}`,
  value: backup,
  expiresMs: backup.untilMs,
});

/** Newest first, without those whose time is over. */
export const listBackups = async (records: Records, nowMs: number): Promise<readonly HeldBackup[]> =>
  (await records.list(collection))
    .map(({ value }) => value as HeldBackup)
    .filter(({ untilMs }) => untilMs > nowMs)
    .reverse();
