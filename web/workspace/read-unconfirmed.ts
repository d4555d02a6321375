/** What the server has not confirmed of a document on this device, as text; the copy stays as it is. */
import * as Y from 'yjs';
import { openLocalCopy, unconfirmedPrefix } from './local-copy.ts';
import type { PendingPlace } from './pending-changes.ts';
import { textOfPlace } from './text-of-place.ts';

export const readUnconfirmed = async (name: string): Promise<readonly string[]> => {
  const doc = new Y.Doc();
  const copy = openLocalCopy(name, doc, () => undefined);
  await copy.loaded;
  const places = [...copy.kept].flatMap(([key, value]) =>
    key.startsWith(unconfirmedPrefix) && Array.isArray(value) ? (value as PendingPlace[]) : [],
  );
  const texts = [...new Set(places.map(({ place }) => place))].map((place) => textOfPlace(doc, place));
  await copy.close();
  doc.destroy();
  return texts;
};
