/**
 * Blobs as files: `<folder>/<workspace>/<two digits>/<hash>`. A blob is written beside its place, flushed, and renamed
 * into it, so a crash leaves either the whole blob or a leftover that the next start removes.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBlobName, isBlobHash } from './blob-name.ts';
import type { Blobs, StoredBlob } from './storage.ts';

export const createFolderBlobs = (folder: string): Blobs => {
  const pathOf = (workspace: string, hash: string): string => {
    checkBlobName(workspace, hash);
    return join(folder, workspace, hash.slice(0, 2), hash);
  };
  return {
    write: async (workspace, hash, bytes) => {
      const path = pathOf(workspace, hash);
      const stored = await readOrNull(path);
      if (stored) return stored.equals(bytes);
      const parent = join(path, '..');
      await mkdir(parent, { recursive: true });
      const leftover = join(parent, `${randomUUID()}.part`);
      try {
        const file = await open(leftover, 'wx');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(leftover, path);
      } catch (error) {
        await rm(leftover, { force: true });
        throw error;
      }
      await flushFolder(parent);
      return true;
    },
    read: async (workspace, hash) => {
      const bytes = await readOrNull(pathOf(workspace, hash));
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    list: (workspace) => listBlobs(join(folder, workspace)),
    remove: (workspace, hash) => rm(pathOf(workspace, hash), { force: true }),
    removeWorkspace: async (workspace) => {
      checkBlobName(workspace, '0'.repeat(64));
      await rm(join(folder, workspace), { recursive: true, force: true });
    },
  };
};

const listBlobs = async (folder: string): Promise<readonly StoredBlob[]> => {
  const blobs: StoredBlob[] = [];
  for (const part of await namesIn(folder)) {
    for (const hash of (await namesIn(join(folder, part))).filter(isBlobHash)) {
      const { size, mtimeMs } = await stat(join(folder, part, hash));
      blobs.push({ hash, bytes: size, storedMs: Math.floor(mtimeMs) });
    }
  }
  return blobs.sort((a, b) => (a.hash < b.hash ? -1 : 1));
};

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';

const readOrNull = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });

/** A renamed file survives a loss of power only once its folder is flushed; Windows has no such call. */
const flushFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
