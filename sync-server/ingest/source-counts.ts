/**
 * What has come from a source since it was made. Records `source-counts`, by workspace and source, written together
 * with the events they count.
 */
import type { RecordChange, Records } from '#sync-server/storage/storage.ts';

export interface SourceCounts {
  readonly accepted: number;
  /** Sent again; counted once. */
  readonly known: number;
  readonly refused: number;
  /** When its last accepted event arrived; null when none has. */
  readonly lastMs: number | null;
  /** How long after it happened that event arrived, by the sender's clock: negative when that clock is ahead. */
  readonly lagMs: number;
}

export const noSourceCounts: SourceCounts = { accepted: 0, known: 0, refused: 0, lastMs: null, lagMs: 0 };

const collection = 'source-counts';

export const readSourceCounts = async (records: Records, workspace: string, source: string): Promise<SourceCounts> =>
  ((await records.read(collection, `${workspace}/${source}`))?.value as SourceCounts | undefined) ?? noSourceCounts;

export const writeSourceCounts = (workspace: string, source: string, value: SourceCounts | null): RecordChange => ({
  collection,
  key: `${workspace}/${source}`,
  value,
});
