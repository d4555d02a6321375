/**
 * The open workspace as one `.larder` file: every document this member may read, and the blobs its manifests name.
 * With a server each document is brought up to date first, if the server answers soon; without one this device's
 * copies are what there is. With a passphrase the file also carries, sealed, the secret behind phone fingerprints and the
 * contact details; `carriesSecrets` says where that is possible.
 */
import * as Y from 'yjs';
import { readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readFactsIndex, readManifest } from '#core/datasets/manifest.doc.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { type LarderEntry, writeLarderFile } from '#core/workspace/larder-file.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { memberPrefix } from '#web/device/device-database.ts';
import { sealWithPassphrase } from '#web/device/passphrase-seal.ts';
import { bytesOfSecrets, readSecrets } from '#web/device/workspace-secrets.ts';
import type { Workspace } from './workspace.ts';

export interface ExportedFile {
  readonly blob: Blob;
  readonly name: string;
}

const syncWaitMs = 8000;

/** A server's secret cannot be read out of this browser; that of a workspace which lives here alone can. */
export const carriesSecrets = ({ home, identityKey }: Workspace): boolean =>
  home === 'device' && identityKey?.extractable === true;

export const exportWorkspace = async (
  workspace: Workspace,
  passphrase = '',
): Promise<Result<ExportedFile, { readonly kind: 'missing-blob' | 'unreadable' }>> => {
  try {
    const entries: LarderEntry[] = [];
    const hashes = new Map<string, string>();
    for (const path of await listPaths(workspace)) {
      const doc = await readDocument(workspace, path, (opened) => {
        if (path.startsWith('facts/'))
          for (const { hash, inline } of readManifest(opened).records) if (inline === null) hashes.set(hash, path);
        return Y.encodeStateAsUpdate(opened);
      });
      // Two bytes: a document with nothing in it.
      if (doc.length > 2) entries.push({ kind: 'document', name: path, bytes: doc });
    }
    const store = openBlobStore(workspace.id, workspace.member.id);
    for (const [hash, path] of hashes) {
      const bytes = (await store.blobs.get(hash))?.stored ?? (await fetchBlob(workspace, path, hash));
      if (bytes === null) return fail({ kind: 'missing-blob' });
      entries.push({ kind: 'blob', name: hash, bytes });
    }
    store.close();
    const { id, brand } = workspace;
    const sealed = passphrase === '' ? null : await sealSecrets(workspace, passphrase);
    const file = await writeLarderFile(
      { workspace: id, brand, exportedMs: workspace.nowMs(), entries, sealed },
      workspace.platform,
    );
    const day = new Date(workspace.nowMs()).toISOString().slice(0, 10);
    return ok({
      blob: new Blob([file as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }),
      name: `${brand}-${day}.larder`,
    });
  } catch {
    return fail({ kind: 'unreadable' });
  }
};

async function sealSecrets(workspace: Workspace, passphrase: string): Promise<Uint8Array | null> {
  if (!carriesSecrets(workspace)) return null;
  const secrets = await readSecrets(workspace.id, workspace.member.id, workspace.identityKey);
  return secrets && sealWithPassphrase(await workspace.platform.deflate(bytesOfSecrets(secrets)), passphrase);
}

/** What there may be, from the lists inside documents and from what this device has kept. */
async function listPaths(workspace: Workspace): Promise<readonly string[]> {
  const campaigns = await readDocument(workspace, 'settings', (doc) =>
    readCampaignList(doc).campaigns.map(({ id }) => id),
  );
  const months =
    workspace.accessTo('facts-index') === 'none'
      ? []
      : await readDocument(workspace, 'facts-index', (doc) => [...readFactsIndex(doc).keys()]);
  const prefix = memberPrefix(workspace.id, workspace.member.id);
  const kept = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
  const paths = new Set([
    ...['settings', 'catalogue', 'segments', 'journeys', 'library', 'facts-index'],
    ...campaigns.flatMap((id) => [`campaign/${id}`, `show/${id}`, `broadcast/${id}`]),
    ...months,
    ...kept,
  ]);
  return [...paths].filter((path) => workspace.accessTo(path) !== 'none').sort();
}

async function readDocument<Value>(workspace: Workspace, path: string, read: (doc: Y.Doc) => Value): Promise<Value> {
  const opened = workspace.open(path);
  await opened.loaded;
  if (workspace.home === 'server' && workspace.sync.isConnected)
    await Promise.race([opened.synced, new Promise((resolve) => setTimeout(resolve, syncWaitMs))]);
  const value = read(opened.doc);
  opened.close();
  return value;
}

async function fetchBlob(workspace: Workspace, path: string, hash: string): Promise<Uint8Array | null> {
  if (workspace.home === 'device') return null;
  const response = await fetch(`/api/workspaces/${workspace.id}/rooms/${path}/blobs/${hash}`).catch(() => null);
  return response?.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}
