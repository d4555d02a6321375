/**
 * A backup into a storage that holds nothing. The file is checked to its last byte before anything is written, and what
 * was written is read back and compared. Sessions stay behind: whoever was signed in then signs in again. So do messages
 * that were waiting: who knows which of them went out since.
 */
import { createHash } from 'node:crypto';
import { inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import type { RecordEntry, Storage } from '#sync-server/storage/storage.ts';
import { BadBackup, type Frame, type FrameHeader, readFrames } from './frames.ts';

const inflate = promisify(inflateRaw);

export interface BackupFile {
  readonly madeMs: number;
  readonly keyId: string;
  readonly sealedKeys: Uint8Array | null;
}

export interface RestoreCounts {
  readonly documents: number;
  readonly blobs: number;
  readonly records: number;
  readonly sessionsEnded: number;
}

/** Reads the whole file and answers what it is; throws `BadBackup` when anything is not as it was written. */
export const checkBackup = async (path: string): Promise<BackupFile> => {
  let found: BackupFile | null = null as BackupFile | null;
  for await (const { header, body } of readFrames(path)) {
    if (header.kind === 'backup') {
      const { madeMs, keyId } = header as FrameHeader & { madeMs: number; keyId: string };
      found = { madeMs, keyId, sealedKeys: null };
    } else if (header.kind === 'keys' && found) found = { ...found, sealedKeys: new Uint8Array(body) };
    else if (!['records', 'document', 'blob'].includes(header.kind))
      throw new BadBackup(`${path} holds what this version of Larder does not know: ${header.kind}`);
  }
  if (!found) throw new BadBackup(`${path} holds no backup`);
  return found;
};

/** Sessions, messages that have been sent since, and what the processes on the other database know each other by. */
const staysBehind = ({ collection, key }: RecordEntry): boolean =>
  ['sessions', 'session-tokens', 'outgoing'].includes(collection) || (collection === 'server' && key === 'peer-secret');

/** `storage` must hold nothing, and `path` must have been checked. */
export const restoreBackup = async (
  path: string,
  storage: Pick<Storage, 'log' | 'records' | 'blobs'>,
): Promise<RestoreCounts> => {
  const counts = { documents: 0, blobs: 0, records: 0, sessionsEnded: 0 };
  for await (const frame of readFrames(path)) {
    const { kind } = frame.header;
    if (kind === 'records') {
      const entries = JSON.parse((await inflate(frame.body)).toString('utf8')) as RecordEntry[];
      const kept = entries.filter((entry) => !staysBehind(entry));
      await storage.records.write(
        kept.map(({ expiresMs, ...entry }) => ({ ...entry, ...(expiresMs === null ? {} : { expiresMs }) })),
      );
      counts.records += kept.length;
      counts.sessionsEnded += entries.filter(({ collection }) => collection === 'sessions').length;
    } else if (kind === 'document') {
      await restoreDocument(frame, storage);
      counts.documents += 1;
    } else if (kind === 'blob') {
      await restoreBlob(frame, storage);
      counts.blobs += 1;
    }
  }
  return counts;
};

const restoreDocument = async ({ header, body }: Frame, { log }: Pick<Storage, 'log'>): Promise<void> => {
  const { name } = header as FrameHeader & { name: string };
  const state = new Uint8Array(await inflate(body));
  await log.append(name, state);
  const written = await log.read(name);
  const [only, ...others] = written.updates;
  if (written.snapshot !== null || !only || others.length > 0 || hashOf(only.bytes) !== hashOf(state))
    throw new Error(`${name} was not stored as it is in the backup`);
};

const restoreBlob = async ({ header, body }: Frame, { blobs }: Pick<Storage, 'blobs'>): Promise<void> => {
  const { workspace, hash } = header as FrameHeader & { workspace: string; hash: string };
  await blobs.write(workspace, hash, new Uint8Array(body));
  const written = await blobs.read(workspace, hash);
  if (!written || hashOf(written) !== hashOf(body))
    throw new Error(`blob ${hash} was not stored as it is in the backup`);
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
