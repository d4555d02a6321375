import { applyCompaction, readCompactionEpoch, takeCompactionEpoch } from '#core/datasets/compaction.doc.ts';
import { addManifestRecords, countManifestChanges, readFactsIndex, readManifest } from '#core/datasets/manifest.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import type { ChunkId, ImportId } from '#core/units/ids.ts';
import { type OperationTable, operation } from '../operation-table.ts';

const hash = (number: number): string => number.toString(16).padStart(64, '0');
const aRecord = (number: number, replaces: readonly string[]): ManifestRecord => ({
  id: hash(number) as ChunkId,
  kind: 'order-line',
  importId: 'i' as ImportId,
  importMs: number,
  lines: 2,
  bytes: 4,
  hash: hash(number),
  storedHash: hash(number),
  storedBytes: 4,
  minMs: 0,
  maxMs: 1,
  replaces: replaces as readonly ChunkId[],
  inline: replaces.length > 0 ? null : Uint8Array.of(1, 2, number % 256),
});

export const table: OperationTable = {
  name: 'manifest',
  covers: ['core/datasets/manifest.doc.ts', 'core/datasets/compaction.doc.ts'],
  read: (doc) => ({
    manifest: readManifest(doc),
    epoch: readCompactionEpoch(doc),
    index: [...readFactsIndex(doc)].sort(),
  }),
  operations: [
    operation(
      'add',
      (dice) => ({ numbers: [dice.below(300), dice.below(300)] }),
      (doc, { numbers }) =>
        void addManifestRecords(
          doc,
          numbers.map((number) => aRecord(number, [])),
        ),
    ),
    operation(
      'compact',
      (dice, doc) => {
        const { records } = readManifest(doc);
        const replaces: string[] = records.slice(0, 3).map(({ id }) => id);
        return replaces.length > 1 && dice.chance(0.3) ? { number: 1000 + dice.below(100_000), replaces } : null;
      },
      (doc, { number, replaces }) => void addManifestRecords(doc, [aRecord(number, replaces)]),
    ),
    operation(
      'take epoch',
      (dice) => dice.chance(0.3) || null,
      (doc) => void takeCompactionEpoch(doc),
    ),
    operation(
      'compact a run',
      (dice, doc) => {
        const run: ChunkId[] = readManifest(doc)
          .records.slice(0, 3)
          .map(({ id }) => id);
        return run.length > 1 ? { number: 1000 + dice.below(100_000), run, epoch: readCompactionEpoch(doc) } : null;
      },
      (doc, { number, run, epoch }) => void applyCompaction(doc, epoch, run, aRecord(number, run)),
    ),
    operation('count', (dice) => [dice.pick(['facts/orders/2026-11', 'facts/orders/2026-10'])], countManifestChanges),
  ],
};
