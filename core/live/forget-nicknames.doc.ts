/**
 * Takes what certain nicknames left in a broadcast's document: their arrivals and comments. For the writer of that
 * document only. Answers how many went.
 */
import type * as Y from 'yjs';

export const forgetNicknames = (doc: Y.Doc, nicknames: ReadonlySet<string>): number => {
  let gone = 0;
  doc.transact(() => {
    for (const name of ['arrivals', 'comments']) {
      const records = doc.getArray(name);
      for (let at = records.length - 1; at >= 0; at--) {
        const record = records.get(at) as { readonly nickname?: unknown } | null;
        if (typeof record?.nickname !== 'string' || !nicknames.has(record.nickname)) continue;
        records.delete(at);
        gone += 1;
      }
    }
  }, 'forget-nicknames');
  return gone;
};
