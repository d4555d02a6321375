/**
 * What this device remembers besides documents: which workspaces it has opened, their keys, and edits set aside. One
 * small database for the device, read before anything is drawn; that is why it speaks to IndexedDB itself and Dexie
 * (31 kB) waits until facts are needed. Databases of one member of one workspace are named
 * `larder/<workspace>/<member>/…`.
 */
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
  /** It is on its way to the server and cannot be opened here; with what that was begun. */
  readonly moving?: {
    readonly claim: string | null;
    readonly name: string;
    /** The server was asked to take over, and may have done so without our hearing of it. */
    readonly isFinal: boolean;
  };
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

/** Records by id. What was put is on disk when the promise resolves. */
export interface DeviceTable<Row extends { readonly id: IDBValidKey }> {
  get(id: Row['id']): Promise<Row | undefined>;
  /** By id. */
  toArray(): Promise<readonly Row[]>;
  put(...rows: readonly Row[]): Promise<void>;
  delete(...ids: readonly Row['id'][]): Promise<void>;
}

export interface DeviceDatabase {
  readonly workspaces: DeviceTable<RememberedWorkspace>;
  readonly keys: DeviceTable<IdentityKey>;
  readonly asides: DeviceTable<AsideText> & { add(texts: readonly Omit<AsideText, 'id'>[]): Promise<void> };
  close(): void;
}

/** As Dexie wrote version 1 of the same tables, so that what a device holds stays readable. */
const version = 10;

export const openDeviceDatabase = (): DeviceDatabase => {
  let opening: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    opening ??= openStores(() => (opening = null));
    opening.catch(() => (opening = null));
    return opening;
  };
  const table = <Row extends { readonly id: IDBValidKey }>(name: string): DeviceTable<Row> => {
    const read = async <Found>(ask: (store: IDBObjectStore) => IDBRequest): Promise<Found> =>
      answerOf<Found>(ask((await open()).transaction(name).objectStore(name)));
    return {
      get: (id) => read((store) => store.get(id)),
      toArray: () => read((store) => store.getAll()),
      put: async (...rows) => write(await open(), name, (store) => rows.forEach((row) => store.put(row))),
      delete: async (...ids) => write(await open(), name, (store) => ids.forEach((id) => store.delete(id))),
    };
  };
  return {
    workspaces: table('workspaces'),
    keys: table('keys'),
    asides: {
      ...table<AsideText>('asides'),
      add: async (texts) => write(await open(), 'asides', (store) => texts.forEach((text) => store.add(text))),
    },
    close: () => {
      void opening?.then((database) => database.close()).catch(() => undefined);
      opening = null;
    },
  };
};

/** Those opened last come first. */
export const readRemembered = async (database: DeviceDatabase): Promise<readonly RememberedWorkspace[]> =>
  (await database.workspaces.toArray()).toSorted((a, b) => b.openedMs - a.openedMs);

export const readAsides = async (
  database: DeviceDatabase,
  workspace: string,
  memberId: string,
): Promise<readonly AsideText[]> =>
  (await database.asides.toArray()).filter((text) => text.workspace === workspace && text.memberId === memberId);

export const memberPrefix = (workspace: string, memberId: string): string => `larder/${workspace}/${memberId}/`;

/** Removes everything this device holds of one member of one workspace. */
export const wipeMember = async (database: DeviceDatabase, workspace: string, memberId: string): Promise<void> => {
  const prefix = memberPrefix(workspace, memberId);
  const all = await indexedDB.databases();
  await Promise.all(all.map(({ name }) => (name?.startsWith(prefix) ? deleteDatabase(name) : undefined)));
  const asides = await readAsides(database, workspace, memberId);
  await Promise.all([
    database.workspaces.delete(workspace),
    database.keys.delete(`${workspace}/${memberId}`),
    database.asides.delete(...asides.map(({ id }) => id)),
  ]);
};

export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // Who still holds it lets go on `versionchange`; the deletion then completes by itself.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });

function openStores(gone: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open('larder', version);
  request.onupgradeneeded = () => {
    const database = request.result;
    if (database.objectStoreNames.length > 0) return;
    database.createObjectStore('workspaces', { keyPath: 'id' });
    database.createObjectStore('keys', { keyPath: 'id' });
    database.createObjectStore('asides', { keyPath: 'id', autoIncrement: true });
  };
  return answerOf<IDBDatabase>(request).then((database) => {
    database.onversionchange = () => {
      database.close();
      gone();
    };
    database.onclose = gone;
    return database;
  });
}

const answerOf = <Answer>(request: IDBRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as Answer);
    request.onerror = () => reject(request.error ?? new DOMException('unreadable', 'UnknownError'));
  });

const write = (database: IDBDatabase, name: string, apply: (store: IDBObjectStore) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(name, 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('not written', 'AbortError'));
    apply(transaction.objectStore(name));
  });
