/**
 * Copies a database of this device under another name, store by store, whatever wrote it; keys that cannot be read out
 * of this browser are copied with the rest. What the copy has already is overwritten, so it may be done again.
 */
const batch = 50;

export const copyDatabase = async (from: string, to: string, without: readonly string[] = []): Promise<void> => {
  if (!(await indexedDB.databases()).some(({ name }) => name === from)) return;
  const source = await requested(indexedDB.open(from));
  try {
    const names = [...source.objectStoreNames];
    if (names.length === 0) return;
    const target = await openLike(source, to);
    try {
      for (const name of names) if (!without.includes(name)) await copyStore(source, target, name);
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
};

function openLike(source: IDBDatabase, name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, source.version);
  request.onupgradeneeded = () => {
    if (request.result.objectStoreNames.length > 0) return;
    const reading = source.transaction([...source.objectStoreNames]);
    for (const storeName of source.objectStoreNames) {
      const { keyPath, autoIncrement, indexNames, ...store } = shapeOf(reading.objectStore(storeName));
      const made = request.result.createObjectStore(storeName, { keyPath, autoIncrement });
      for (const indexName of indexNames) {
        const index = store.index(indexName);
        made.createIndex(indexName, index.keyPath, { unique: index.unique, multiEntry: index.multiEntry });
      }
    }
  };
  return requested(request);
}

const shapeOf = (store: IDBObjectStore) => ({
  keyPath: store.keyPath,
  autoIncrement: store.autoIncrement,
  indexNames: [...store.indexNames],
  index: (name: string): IDBIndex => store.index(name),
});

async function copyStore(source: IDBDatabase, target: IDBDatabase, name: string): Promise<void> {
  let after: IDBKeyRange | null = null;
  for (;;) {
    const reading: IDBObjectStore = source.transaction(name).objectStore(name);
    const [keys, values]: [IDBValidKey[], unknown[]] = await Promise.all([
      requested(reading.getAllKeys(after, batch)),
      requested(reading.getAll(after, batch)),
    ]);
    const last = keys.at(-1);
    if (last === undefined) return;
    const writing = target.transaction(name, 'readwrite');
    const store = writing.objectStore(name);
    values.forEach((value, at) => void (store.keyPath === null ? store.put(value, keys[at]) : store.put(value)));
    await new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve();
      writing.onerror = writing.onabort = () => reject(writing.error ?? new DOMException('not written', 'AbortError'));
    });
    after = IDBKeyRange.lowerBound(last, true);
  }
}

const requested = <Answer>(request: IDBRequest<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('unreadable', 'UnknownError'));
  });
