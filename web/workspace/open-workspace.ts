/**
 * Composition root in the browser: from a workspace's id to documents, sync, presence and clock. Asks the server who
 * is signed in; with no server to ask, opens what this device remembers.
 */
import { brandText, readBrand } from '#core/workspace/brand.doc.ts';
import type { Role } from '#core/units/role.ts';
import { roomKinds } from '#core/workspace/rooms.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import {
  type DeviceDatabase,
  memberPrefix,
  type RememberedWorkspace,
  wipeMember,
} from '#web/device/device-database.ts';
import { accessTo } from './access-to.ts';
import { type DocSignal, docSignal } from './doc-signal.svelte.ts';
import { type Documents, type Ending, openDocuments } from './documents.ts';
import { holdOpen } from './hold-open.ts';
import { keepAhead } from './keep-ahead.ts';
import { Presence } from './presence.svelte.ts';
import { askServer, fetchSession } from './session.ts';
import { SyncState } from './sync-state.svelte.ts';
import type { Member, OpenDocument, Workspace } from './workspace.ts';

export interface OpenedWorkspace extends Workspace {
  readonly documents: Documents;
  /** Shares what is unsaved, then lets go of everything. */
  close(): Promise<void>;
  /** Removes this member's data from this device. */
  wipe(): Promise<void>;
}

export type OpenFailure =
  | { readonly kind: 'not-found' }
  /** It is on its way to the server. */
  | { readonly kind: 'moving' }
  /** `isHere`: something of it is on this device. `isDemo`: the server opens it to whoever asks. */
  | { readonly kind: 'signed-out'; readonly brand: string; readonly isHere: boolean; readonly isDemo: boolean }
  /** The member was here and may not be any more; what waited on this device has been set aside. */
  | { readonly kind: 'revoked'; readonly brand: string };

export interface OpenDeps {
  readonly database: DeviceDatabase;
  readonly origin: string;
  /** A document's connection was closed for good. */
  ended(ending: Ending): void;
  /** The member's role is another than this was opened with: the page must open the workspace afresh. */
  reopen(): void;
}

export type OpenResult =
  { readonly ok: true; readonly value: OpenedWorkspace } | { readonly ok: false; readonly error: OpenFailure };

const patienceMs = 2500;

export const openWorkspace = async (id: string, deps: OpenDeps): Promise<OpenResult> => {
  const remembered = await deps.database.workspaces.get(id).catch(() => undefined);
  if (remembered?.moving) return { ok: false, error: { kind: 'moving' } };
  if (remembered?.home === 'device') return { ok: true, value: await assemble(remembered, deps) };
  // A network that swallows everything must not keep somebody from what is here.
  const session = await fetchSession(remembered ? patienceMs : undefined);
  if (session === null) {
    if (remembered) return { ok: true, value: await assemble(remembered, deps) };
    return { ok: false, error: { kind: 'not-found' } };
  }
  const found = session.workspaces.find((workspace) => workspace.id === id);
  if (!found || session.member === null) {
    const brand = remembered?.brand ?? '';
    const isHere = remembered !== undefined;
    const isDemo = session.demo?.id === id;
    if (session.member === null || (isDemo && !isHere))
      return { ok: false, error: { kind: 'signed-out', brand, isHere, isDemo } };
    return { ok: false, error: isHere ? { kind: 'revoked', brand } : { kind: 'not-found' } };
  }
  const record: RememberedWorkspace = {
    id,
    home: 'server',
    brand: found.brand,
    isDemo: found.isDemo,
    memberId: session.member.id,
    memberName: found.name ?? session.member.name,
    role: found.role,
    offsetMs: session.offsetMs,
    openedMs: Date.now() + session.offsetMs,
  };
  if (remembered && remembered.memberId === record.memberId && remembered.role !== record.role)
    await settleRole(record, deps).catch(() => undefined);
  await deps.database.workspaces.put(record).catch(() => undefined);
  return { ok: true, value: await assemble(record, deps) };
};

const asideDepsOf = ({ id, home, memberId, role, offsetMs }: RememberedWorkspace, { database }: OpenDeps) => ({
  database,
  workspace: id,
  memberId,
  accessTo: (path: string) => accessTo(home, id, role, path),
  nowMs: () => Date.now() + offsetMs,
});

/** Before anything is opened under the new role, so that what it may not write or see is not there. */
async function settleRole(record: RememberedWorkspace, deps: OpenDeps): Promise<void> {
  const own = asideDepsOf(record, deps);
  const { dropUnreadable, setAsideUnwritable } = await import('./set-aside.ts');
  await setAsideUnwritable(own);
  await dropUnreadable(own);
}

const identityRoles = new Set(['owner', 'operator']);

async function identityKeyFor(record: RememberedWorkspace, database: DeviceDatabase): Promise<CryptoKey | null> {
  // Outside a secure context there is no crypto.subtle, and nothing that needs the key works there anyway.
  if (!identityRoles.has(record.role) || !globalThis.isSecureContext) return null;
  const { readIdentityKey, writeIdentityKey } = await import('#web/device/identity-key.ts');
  const kept = await readIdentityKey(database, record.id, record.memberId).catch(() => null);
  if (kept !== null || record.home === 'device') return kept;
  const answer = await askServer<{ identitySecret: string }>('GET', `/api/workspaces/${record.id}/identity-secret`);
  if (!answer.ok) return null;
  const secret = Uint8Array.from(atob(answer.value.identitySecret), (letter) => letter.charCodeAt(0));
  return writeIdentityKey(database, record.id, record.memberId, secret, 'server');
}

/** The role as the server knows it, null for a stranger; the workspace is left for another opening if it changed. */
const createRoleQuestion = ({ id, role: own }: RememberedWorkspace, reopen: () => Promise<void>) => {
  let isReopening = false;
  return async (): Promise<Role | null | undefined> => {
    const session = await fetchSession();
    if (session === null || isReopening) return undefined;
    const role = session.workspaces.find((workspace) => workspace.id === id)?.role ?? null;
    if (role === null || role === own) return role;
    isReopening = true;
    await reopen();
    return role;
  };
};

/** What it is called now; the lists of brands on this device follow. */
function followBrand(id: string, { doc, loaded }: OpenDocument, database: DeviceDatabase): DocSignal<string> {
  const note = async (): Promise<void> => {
    const brand = readBrand(doc);
    const kept = await database.workspaces.get(id);
    if (kept && brand !== '' && brand !== kept.brand) await database.workspaces.put({ ...kept, brand });
  };
  const follow = (): void => void note().catch(() => undefined);
  brandText(doc).observe(follow);
  void loaded.then(follow);
  return docSignal([brandText(doc)], () => readBrand(doc));
}

async function setAside(record: RememberedWorkspace, deps: OpenDeps, documents: Documents): Promise<void> {
  const { setAsideUnwritable } = await import('./set-aside.ts');
  for (const path of await setAsideUnwritable(asideDepsOf(record, deps))) documents.open(path).close();
}

async function assemble(record: RememberedWorkspace, deps: OpenDeps): Promise<OpenedWorkspace> {
  const { id, home, brand, isDemo, offsetMs } = record;
  const member: Member = { id: record.memberId, name: record.memberName, role: record.role };
  const nowMs = (): number => Date.now() + offsetMs;
  const identityKey = await identityKeyFor(record, deps.database);
  const mayWrite = roomKinds.some((kind) => home === 'device' || kind.access[member.role] === 'write');
  const sync = new SyncState(home, nowMs, mayWrite);
  const access = (path: string) => accessTo(home, id, member.role, path);

  const documents: Documents = openDocuments({
    workspace: id,
    memberId: member.id,
    origin: home === 'device' ? null : deps.origin,
    accessTo: access,
    nowMs,
    report: (report) => sync.take(report),
    closed: (path) => sync.drop(path),
    // Refused one document is not refused the workspace: the role may have become another. To whoever comes back after
    // being removed, the workspace is as unknown as to a stranger.
    ended: (_path, ending) => {
      if (ending !== 'revoked' && ending !== 'unknown-room') deps.ended(ending);
      else void askRole().then((role) => role === null && deps.ended('revoked'));
    },
    roleChanged: () => void askRole(),
  });
  const reopen = async (): Promise<void> => {
    await documents.close();
    deps.reopen();
  };
  const askRole = createRoleQuestion(record, reopen);
  const letGo = home === 'device' ? holdOpen(id, () => void reopen()) : null;
  // Open as long as the workspace is: the brand, and who is here.
  const settings = documents.open('settings');
  if (home === 'server') void setAside(record, deps, documents);
  const stopAhead = keepAhead({
    name: memberPrefix(id, member.id),
    settings: settings.doc,
    synced: settings.synced,
    mayRead: (path) => home === 'server' && access(path) !== 'none',
    bring: (path) => documents.bring(path),
    nowMs,
  });
  const renamed = followBrand(id, settings, deps.database);
  const presence = new Presence(settings.awareness, member, nowMs, () => void askRole());

  return {
    id,
    get brand() {
      return renamed.current || brand;
    },
    isDemo,
    home,
    member,
    platform: createBrowserPlatform(identityKey),
    identityKey,
    offsetMs,
    sync,
    presence,
    nowMs,
    open: (path) => documents.open(path),
    accessTo: access,
    documents,
    close: async () => {
      stopAhead();
      await documents.close();
      letGo?.();
    },
    wipe: async () => {
      stopAhead();
      await documents.close();
      letGo?.();
      await wipeMember(deps.database, id, member.id);
    },
  };
}
