/**
 * The erasure list beside each backup, `<file>.erasures`: a backup that is older than an erasure still holds the person,
 * so restoring it replays what the sidecar says. One JSON line an erasure: ids and keyed hashes, no names.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { workspaceOf } from '#core/workspace/rooms.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import { pathsOfBackups } from '#sync-server/vault/backups.ts';
import type { Erasure } from '#sync-server/vault/erasure-list.ts';

export interface ErasureLine {
  readonly workspace: string;
  readonly erasure: Erasure;
}

export const sidecarOf = (path: string): string => `${path}.erasures`;

/** Beside every backup that is still where it was put. */
export const writeSidecars = async (
  records: Records,
  report: (kind: string, detail: string) => void,
): Promise<void> => {
  const lines = (await records.list('erasures')).map(({ key, value }): string => {
    const line: ErasureLine = { workspace: workspaceOf(key), erasure: value as Erasure };
    return `${JSON.stringify(line)}\n`;
  });
  for (const path of await pathsOfBackups(records)) {
    if (!existsSync(path)) continue;
    const beside = `${sidecarOf(path)}.part`;
    await writeFile(beside, lines.join(''), { mode: 0o600 })
      .then(() => rename(beside, sidecarOf(path)))
      .catch((error: unknown) => report('erasures-not-beside-backup', String(error)));
  }
};

export const readSidecar = async (path: string): Promise<readonly ErasureLine[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ErasureLine);
