/**
 * Hands a workspace that lives on this device to the server it was loaded from. The server says what it lacks, this
 * device sends it, until every document and every chunk is equal there; each step may be repeated, so whatever cuts in,
 * the same call goes on. Nothing leaves this device before the server has compared everything; what only this device
 * has (rows an import left out, chunks that wait) stays, under the name of the member that its owner is on the server.
 */
import * as Y from 'yjs';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { type Result, fail, ok } from '#core/result.ts';
import type { Platform } from '#core/units/platform.ts';
import { documentFingerprint } from '#core/workspace/fingerprint.doc.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import { copyDatabase } from '#web/device/copy-database.ts';
import {
  type DeviceDatabase,
  memberPrefix,
  type RememberedWorkspace,
  wipeMember,
} from '#web/device/device-database.ts';
import { createIdentityKey, readIdentityKey } from '#web/device/identity-key.ts';
import { readSecrets, type WorkspaceSecrets } from '#web/device/workspace-secrets.ts';
import { openLocalCopy } from './local-copy.ts';
import { askServer, fetchSession, type ServerAnswer } from './session.ts';

export interface ConnectStep {
  readonly doing: 'beginning' | 'contacts' | 'comparing' | 'sending' | 'moving';
  readonly done: number;
  readonly of: number;
}

/** `unreachable` passes by itself; so does `signed-out` when the session comes back. */
export interface ConnectFailure {
  readonly kind: string;
}

export interface ConnectDeps {
  readonly database: DeviceDatabase;
  readonly workspace: RememberedWorkspace;
  /** The owner's name on the server; the claim of a server that nobody has claimed. */
  readonly moving: NonNullable<RememberedWorkspace['moving']>;
  tell(step: ConnectStep): void;
}

interface LocalDocument {
  readonly path: string;
  readonly fingerprint: string;
  readonly hashes: readonly string[];
}

interface Comparison {
  readonly isSettled: boolean;
  readonly different: readonly string[];
  readonly missing: readonly string[];
}

const contactsAtOnce = 2000;
const mostRounds = 5;
const compareMs = 120_000;

export const connectWorkspace = async (deps: ConnectDeps): Promise<Result<void, ConnectFailure>> => {
  const { id, memberId } = deps.workspace;
  deps.tell({ doing: 'beginning', done: 0, of: 1 });
  const kept = await readIdentityKey(deps.database, id, memberId);
  const key = kept ?? (await createIdentityKey(deps.database, id, memberId));
  const secrets = await readSecrets(id, memberId, key);
  if (secrets === null) return fail({ kind: 'no-secret' });
  const begun = await begin(deps, secrets);
  if (!begun.ok) return begun;
  if (!begun.value.isSettled) {
    const sent = await sendPeople(deps, secrets);
    const settled = sent.ok ? await settle(deps, createBrowserPlatform(key)) : sent;
    if (!settled.ok) return settled;
  }
  await moveIn(deps, begun.value.member);
  return ok(undefined);
};

/** What arrived goes from the server; false when it has everything already, or may have, so that there is no way back. */
export const giveUpConnecting = async (workspace: string, mayBeSettled: boolean): Promise<boolean> => {
  const answer = await askServer('DELETE', `/api/connecting/${workspace}`);
  if (answer.ok || answer.error.kind === 'unknown-workspace') return true;
  return answer.error.kind !== 'not-allowed' && !mayBeSettled;
};

async function begin(
  { workspace: { id, brand }, moving: { name, claim } }: ConnectDeps,
  { identitySecret }: WorkspaceSecrets,
): Promise<Result<{ readonly member: string; readonly isSettled: boolean }, ConnectFailure>> {
  const secret = btoa(String.fromCharCode(...identitySecret));
  const body = { id, brand, name, claim, identitySecret: secret };
  const answer = await askServer<{ member: string }>('POST', '/api/connecting', body);
  if (answer.ok) return ok({ member: answer.value.member, isSettled: false });
  if (answer.error.kind !== 'workspace-exists') return answer;
  // Settled, and this device did not hear of it any more.
  const session = await fetchSession();
  if (session === null) return fail({ kind: 'unreachable' });
  const isOwn = session.workspaces.some((own) => own.id === id && own.role === 'owner');
  return isOwn && session.member ? ok({ member: session.member.id, isSettled: true }) : answer;
}

/** Whoever was erased first, so that their details are not taken in; then everybody's contact details. */
async function sendPeople(
  { workspace: { id, memberId }, tell }: ConnectDeps,
  { contacts }: WorkspaceSecrets,
): Promise<Result<void, ConnectFailure>> {
  const store = openBlobStore(id, memberId);
  const erasures = await store.erasures.toArray().finally(() => store.close());
  if (erasures.length > 0) {
    const told = await askServer('PUT', `/api/workspaces/${id}/connecting/erasures`, { erasures });
    if (!told.ok) return told;
  }
  for (let at = 0; at < contacts.length; at += contactsAtOnce) {
    tell({ doing: 'contacts', done: at, of: contacts.length });
    const some = contacts.slice(at, at + contactsAtOnce);
    const sent = await askServer('PUT', `/api/workspaces/${id}/contacts`, { contacts: some });
    if (!sent.ok) return sent;
  }
  return ok(undefined);
}

async function settle(deps: ConnectDeps, platform: Platform): Promise<Result<void, ConnectFailure>> {
  const { workspace, database, moving } = deps;
  let isFinal = false;
  for (let round = 0; round < mostRounds; round++) {
    const documents = await readDocuments(deps, platform);
    const pathByHash = new Map(documents.flatMap(({ path, hashes }) => hashes.map((hash) => [hash, path] as const)));
    const answer: ServerAnswer<Comparison> = await compare(deps, documents, [...pathByHash.keys()], isFinal);
    if (!answer.ok) return answer;
    const { isSettled, different, missing } = answer.value;
    if (isSettled) return ok(undefined);
    isFinal = different.length + missing.length === 0;
    if (isFinal) await database.workspaces.put({ ...workspace, moving: { ...moving, isFinal } });
    const sent = await send(
      deps,
      missing.map((hash) => [hash, pathByHash.get(hash) ?? ''] as const),
      different,
    );
    if (!sent.ok) return sent;
  }
  return fail({ kind: 'not-equal' });
}

function compare(
  { workspace: { id }, tell }: ConnectDeps,
  documents: readonly LocalDocument[],
  blobs: readonly string[],
  isFinal: boolean,
): Promise<ServerAnswer<Comparison>> {
  tell({ doing: 'comparing', done: documents.length, of: documents.length });
  const named = documents.map(({ path, fingerprint }) => ({ path, fingerprint }));
  const address = `/api/workspaces/${id}/connecting/settle`;
  return askServer<Comparison>('POST', address, { documents: named, blobs, isFinal }, compareMs);
}

/** Chunks first: no manifest on the server names one that is not there. */
async function send(
  { workspace: { id, memberId }, tell }: ConnectDeps,
  chunks: readonly (readonly [hash: string, path: string])[],
  paths: readonly string[],
): Promise<Result<void, ConnectFailure>> {
  const of = chunks.length + paths.length;
  let done = 0;
  const put = async (address: string, bytes: Uint8Array | null): Promise<Result<void, ConnectFailure>> => {
    tell({ doing: 'sending', done: done++, of });
    return bytes === null ? fail({ kind: 'missing-chunk' }) : putBytes(`/api/workspaces/${id}/${address}`, bytes);
  };
  const store = openBlobStore(id, memberId);
  try {
    for (const [hash, path] of chunks) {
      const sent = await put(`rooms/${path}/blobs/${hash}`, (await store.blobs.get(hash))?.stored ?? null);
      if (!sent.ok) return sent;
    }
  } finally {
    store.close();
  }
  for (const path of paths) {
    const update = await readCopy(memberPrefix(id, memberId) + path, (doc) => Y.encodeStateAsUpdate(doc));
    const sent = await put(`connecting/documents/${path}`, update);
    if (!sent.ok) return sent;
  }
  return ok(undefined);
}

async function putBytes(address: string, bytes: Uint8Array): Promise<Result<void, ConnectFailure>> {
  const response = await fetch(address, {
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes as Uint8Array<ArrayBuffer>,
  }).catch(() => null);
  if (response?.ok) return ok(undefined);
  const json = response && ((await response.json().catch(() => null)) as { error?: ConnectFailure } | null);
  return fail(
    response === null || response.status >= 500 ? { kind: 'unreachable' } : (json?.error ?? { kind: 'refused' }),
  );
}

/** Every document this device has a copy of; the facts index is each side's own. */
async function readDocuments(
  { workspace: { id, memberId } }: ConnectDeps,
  platform: Platform,
): Promise<readonly LocalDocument[]> {
  const prefix = memberPrefix(id, memberId);
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : [])).sort();
  const found: LocalDocument[] = [];
  for (const name of names) {
    const path = name.slice(prefix.length);
    if (path === 'facts-index' || !parseRoomName(`${id}/${path}`).ok) continue;
    const read = await readCopy(name, (doc) => ({
      fingerprint: documentFingerprint(doc, platform),
      hashes: path.startsWith('facts/')
        ? readManifest(doc).records.flatMap(({ hash, inline }) => (inline === null ? [hash] : []))
        : [],
    }));
    found.push({ path, fingerprint: await read.fingerprint, hashes: read.hashes });
  }
  return found;
}

async function readCopy<Value>(name: string, read: (doc: Y.Doc) => Value): Promise<Value> {
  const doc = new Y.Doc();
  const copy = openLocalCopy(name, doc, () => undefined);
  await copy.loaded;
  const value = read(doc);
  await copy.close();
  return value;
}

/** This device's copies become those of the member on the server; what the server alone keeps now goes. */
async function moveIn({ database, workspace, moving: { name }, tell }: ConnectDeps, member: string): Promise<void> {
  const { id, memberId } = workspace;
  const [from, to] = [memberPrefix(id, memberId), memberPrefix(id, member)];
  const names = (await indexedDB.databases()).flatMap((one) => (one.name?.startsWith(from) ? [one.name] : []));
  const own = names.map((whole) => whole.slice(from.length));
  const copied = own.filter((path) => path !== 'facts-index' && path !== 'vault');
  for (const [done, path] of copied.entries()) {
    tell({ doing: 'moving', done, of: copied.length });
    // Which months were read is counted by the server from now on.
    await copyDatabase(from + path, to + path, path === 'facts' ? ['months', 'chunks'] : []);
  }
  await wipeMember(database, id, memberId);
  const { moving: _, ...rest } = workspace;
  await database.workspaces.put({ ...rest, home: 'server', memberId: member, memberName: name });
}
