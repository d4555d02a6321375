/** How the chunks of one manifest are rewritten so that erased people are in none of them. */
import type { Platform } from '../../units/platform.ts';
import type { Fact } from '../fact.ts';
import type { KnownRecord } from '../manifest-record.ts';
import { type ChunkShelf, type RewritePlan, planRewrite } from '../plan-rewrite.ts';
import { type Erased, eraseRows } from './erase-rows.ts';

export interface ErasurePlan extends RewritePlan {
  readonly rows: readonly Fact[];
  /** Customer ids found to be an erased person's. */
  readonly customers: readonly string[];
}

export const planErasure = async (
  platform: Platform,
  records: readonly KnownRecord[],
  erased: Erased,
  shelf: ChunkShelf,
): Promise<ErasurePlan> => {
  const rows: Fact[] = [];
  const customers = new Set<string>();
  const plan = await planRewrite(platform, records, shelf, async (packed, { isReplaced }) => {
    const chunk = await eraseRows(platform, packed, erased);
    if (!chunk.ok) return 'unread';
    if (chunk.value === null) return null;
    for (const customer of chunk.value.customers) customers.add(customer);
    // What was replaced already stands in its successor, and is counted there.
    if (!isReplaced) rows.push(...chunk.value.rows);
    return chunk.value.packed;
  });
  return { ...plan, rows, customers: [...customers] };
};
