import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentFingerprint } from '#core/workspace/fingerprint.doc.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';

const platform = createNodePlatform(new Uint8Array(32));
const copyOf = (...docs: Y.Doc[]): Y.Doc => {
  const copy = new Y.Doc();
  for (const doc of docs) Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

test('[WSP5] copies of one document have the same fingerprint exactly when insertions and deletions are the same', async () => {
  const ann = new Y.Doc();
  ann.getText('title').insert(0, 'Friday night');
  const ben = copyOf(ann);
  ben.getText('title').insert(0, 'On ');
  ann.getMap('cards').set('a', 1);
  const [one, other] = [copyOf(ann, ben), copyOf(ben, ann)];
  expect(await documentFingerprint(one, platform)).toBe(await documentFingerprint(other, platform));
  expect(await documentFingerprint(ann, platform)).not.toBe(await documentFingerprint(one, platform));
  const before = await documentFingerprint(one, platform);
  one.getText('title').delete(0, 2);
  expect(await documentFingerprint(one, platform)).not.toBe(before);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  expect(await documentFingerprint(other, platform)).toBe(await documentFingerprint(one, platform));
});
