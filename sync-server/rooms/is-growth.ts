/** Whether an update brings a document more than it takes out of it, once what it deletes is collected. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export const isGrowth = (doc: Y.Doc, update: Uint8Array): boolean => {
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.length === 0) return false;
  let freed = 0;
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges) freed += bytesWithin(doc.store.clients.get(client) ?? [], clock, clock + len);
  return update.length > freed;
};

const bytesWithin = (structs: readonly (Y.Item | Y.GC)[], from: number, to: number): number => {
  if (from >= endOf(structs.at(-1))) return 0;
  let bytes = 0;
  for (let at = Y.findIndexSS(structs as (Y.Item | Y.GC)[], from); at < structs.length; at += 1) {
    const struct = structs[at];
    if (!struct || struct.id.clock >= to) break;
    if (!(struct instanceof Y.Item) || struct.deleted) continue;
    const shared = Math.min(to, endOf(struct)) - Math.max(from, struct.id.clock);
    bytes += (bytesOf(struct) * shared) / struct.length;
  }
  return bytes;
};

const endOf = (struct: Y.Item | Y.GC | undefined): number => (struct ? struct.id.clock + struct.length : 0);

const bytesOf = (item: Y.Item): number => {
  const encoder = new Y.UpdateEncoderV1();
  item.write(encoder, 0);
  return encoding.length(encoder.restEncoder);
};
