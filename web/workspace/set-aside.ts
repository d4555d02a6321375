/**
 * What this device holds of a workspace and its member may not write any more: edits that never reached the server are
 * kept as text, then the device's copy goes, so that the next opening shows what the server has. Documents that may not
 * even be read any more go too, and with them the facts and the key, where the role has no right to those.
 */
import { type Access, parseRoomName } from '#core/workspace/rooms.ts';
import { deleteDatabase, type DeviceDatabase, memberPrefix } from '#web/device/device-database.ts';
import { findUnconfirmed } from './find-unconfirmed.ts';
import { readUnconfirmed } from './read-unconfirmed.ts';

export interface SetAsideDeps {
  readonly database: DeviceDatabase;
  readonly workspace: string;
  readonly memberId: string;
  accessTo(path: string): Access;
  nowMs(): number;
}

/** Edits in documents that may not be written. Resolves with those documents that wait for the server rightly. */
export const setAsideUnwritable = async (deps: SetAsideDeps): Promise<readonly string[]> => {
  const prefix = memberPrefix(deps.workspace, deps.memberId);
  const paths = await findUnconfirmed(prefix);
  for (const path of paths) if (deps.accessTo(path) !== 'write') await setAside(deps, prefix, path);
  return paths.filter((path) => deps.accessTo(path) === 'write');
};

/**
 * After the role has changed: nothing stays that the new one may not see. The facts on this device lie in one place, so
 * they go whole, and what may be read comes again from the server.
 */
export const dropUnreadable = async ({ database, workspace, memberId, accessTo }: SetAsideDeps): Promise<void> => {
  const prefix = memberPrefix(workspace, memberId);
  const seesPeople = accessTo('facts/identity/2000-01') !== 'none';
  const isUnreadable = (path: string): boolean =>
    path === 'facts' ? !seesPeople : parseRoomName(`${workspace}/${path}`).ok && accessTo(path) === 'none';
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  await Promise.all(names.filter((name) => isUnreadable(name.slice(prefix.length))).map(deleteDatabase));
  if (!seesPeople) await database.keys.delete(`${workspace}/${memberId}`);
};

async function setAside(deps: SetAsideDeps, prefix: string, path: string): Promise<void> {
  const texts = await readUnconfirmed(prefix + path);
  const { workspace, memberId } = deps;
  await deps.database.asides.add(texts.map((text) => ({ workspace, memberId, path, text, atMs: deps.nowMs() })));
  await deleteDatabase(prefix + path);
}
