/**
 * Documents of this member with edits that an earlier session left unconfirmed. They are opened when the workspace is,
 * so that the edits arrive, and are counted, whether or not anybody goes to that page again.
 */
import { unconfirmedPrefix } from './local-copy.ts';

export const findUnconfirmed = async (prefix: string): Promise<readonly string[]> => {
  const databases = await indexedDB.databases().catch(() => []);
  const paths = databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  const found = await Promise.all(paths.map(async (path) => ((await hasUnconfirmed(prefix + path)) ? [path] : [])));
  return found.flat();
};

const hasUnconfirmed = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onerror = opening.onblocked = () => resolve(false);
    opening.onsuccess = () => {
      const database = opening.result;
      const answer = (value: boolean): void => {
        database.close();
        resolve(value);
      };
      if (!database.objectStoreNames.contains('custom')) return answer(false);
      const range = IDBKeyRange.bound(unconfirmedPrefix, `${unconfirmedPrefix}\uffff`);
      const request = database.transaction('custom', 'readonly').objectStore('custom').count(range);
      request.onsuccess = () => answer(request.result > 0);
      request.onerror = () => answer(false);
    };
  });
