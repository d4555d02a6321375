/**
 * Writes the demo brand into a fresh workspace of its own, once. Making and packing the facts takes about two seconds
 * of another thread; what remains is writing some sixty documents and blobs. The workspace is registered last, so a
 * demo that people can see is whole; one that was cut short is never seen.
 */
import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { addManifestRecords } from '#core/datasets/manifest.doc.ts';
import type { DemoOptions } from '#core/demo/create-demo-brand.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import type { Access, WorkspaceRecord } from '#sync-server/access/access.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Blobs } from '#sync-server/storage/storage.ts';
import type { PackedDemo } from './pack-demo.ts';
import { writeDemoDocuments } from './write-demo-documents.ts';

export interface WriteDemoDeps {
  readonly rooms: Pick<Rooms, 'change'>;
  readonly blobs: Pick<Blobs, 'write'>;
  readonly access: Pick<Access, 'listWorkspaces' | 'createWorkspace'>;
  readonly nowMs: () => number;
}

/** The demo that is there already, or a new one. */
export const writeDemo = async (
  deps: WriteDemoDeps,
  options: Partial<Omit<DemoOptions, 'asOfDay'>> = {},
): Promise<WorkspaceRecord> => {
  const present = (await deps.access.listWorkspaces()).find(({ isDemo }) => isDemo);
  if (present) return present;
  const { brand, chunksByPath } = await packInWorker({
    seed: 'north-slope',
    ...options,
    asOfDay: dayFromMs(deps.nowMs()),
  });
  const id = `demo-${randomBytes(6).toString('hex')}`;
  for (const [path, chunks] of chunksByPath) {
    for (const { record, stored } of chunks) {
      if (record.inline === null) await deps.blobs.write(id, record.hash, stored);
    }
    await deps.rooms.change(
      `${id}/${path}`,
      'demo',
      (doc) =>
        void addManifestRecords(
          doc,
          chunks.map(({ record }) => record),
        ),
    );
  }
  await writeDemoDocuments(deps.rooms, id, brand);
  const created = await deps.access.createWorkspace({
    id,
    brand: brand.name.chinese,
    isDemo: true,
    counts: brand.counts,
  });
  if (!created.ok) throw new Error(`a second workspace ${id}`);
  return created.value;
};

function packInWorker(options: DemoOptions): Promise<PackedDemo> {
  const worker = new Worker(new URL('./pack-demo.worker.ts', import.meta.url), { workerData: options });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the demo's worker ended with ${code}`)));
  });
}
