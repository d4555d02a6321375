/**
 * What this device remembers besides documents: which workspaces it has opened, their keys, and edits set aside. One
 * Dexie database for the device. Databases of one member of one workspace are named `larder/<workspace>/<member>/…`.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { Role } from '#core/units/role.ts';

export interface RememberedWorkspace {
  readonly id: string;
  readonly home: 'server' | 'device';
  readonly brand: string;
  readonly isDemo: boolean;
  readonly memberId: string;
  readonly memberName: string;
  readonly role: Role;
  /** Server time minus device time, kept for when there is no server. */
  readonly offsetMs: number;
  readonly openedMs: number;
}

/** The workspace's identity secret as this device may hold it. */
export interface IdentityKey {
  /** `<workspace>/<member>` */
  readonly id: string;
  readonly key: CryptoKey;
}

/** Text that was not accepted by the server, kept until somebody copied or discarded it. */
export interface AsideText {
  readonly id: number;
  readonly workspace: string;
  readonly memberId: string;
  readonly path: string;
  readonly text: string;
  readonly atMs: number;
}

export type DeviceDatabase = Dexie & {
  workspaces: EntityTable<RememberedWorkspace, 'id'>;
  keys: EntityTable<IdentityKey, 'id'>;
  asides: EntityTable<AsideText, 'id'>;
};

export const openDeviceDatabase = (): DeviceDatabase => {
  const database = new Dexie('larder') as DeviceDatabase;
  database.version(1).stores({ workspaces: 'id, openedMs', keys: 'id', asides: '++id, [workspace+memberId]' });
  return database;
};

export const memberPrefix = (workspace: string, memberId: string): string => `larder/${workspace}/${memberId}/`;

/** Removes everything this device holds of one member of one workspace. */
export const wipeMember = async (database: DeviceDatabase, workspace: string, memberId: string): Promise<void> => {
  const prefix = memberPrefix(workspace, memberId);
  const all = await indexedDB.databases();
  await Promise.all(all.map(({ name }) => (name?.startsWith(prefix) ? deleteDatabase(name) : undefined)));
  await database.transaction('rw', database.workspaces, database.keys, database.asides, async () => {
    await database.workspaces.delete(workspace);
    await database.keys.delete(`${workspace}/${memberId}`);
    await database.asides.where({ workspace, memberId }).delete();
  });
};

export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // Who still holds it lets go on `versionchange`; the deletion then completes by itself.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
