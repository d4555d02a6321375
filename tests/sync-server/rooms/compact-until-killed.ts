/** A process that edits one room and compacts its log again and again; tells the number of each durable edit. */
import { RoomDocument } from '#sync-server/rooms/room-document.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';

const [folder = ''] = process.argv.slice(2);
const storage = createSqliteStorage(folder);
const document = new RoomDocument('w/settings', storage.log, {
  snapshotUpdates: 3,
  snapshotBytes: 1e9,
  documentBytes: 1e9,
});
await document.load();
for (let at = document.doc.getMap('edits').size; ; at += 1) {
  document.apply((doc) => {
    doc.getMap('edits').set(`edit-${at}`, 'x'.repeat(2000));
    doc.getMap('last').set('edit', at);
  });
  await document.commit();
  process.stdout.write(`${at}\n`);
  // Not waited for: edits go on while the snapshot is made.
  if (document.isSnapshotDue()) void document.writeSnapshot();
}
