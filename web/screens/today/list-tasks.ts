/** What a person should do next, from the documents and the engine's plans: deadlines first, then what does not press. */
import { checkScript } from '#core/campaigns/check-script.ts';
import type { RunOfShowItem } from '#core/campaigns/run-of-show.ts';
import type { Product } from '#core/catalogue/product.ts';
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import { nameOfItem } from '#web/words/campaigns.ts';
import type { OpenCampaign } from './open-campaigns.svelte.ts';

interface TaskBase {
  readonly key: string;
  readonly campaignId: string;
  readonly campaignTitle: string;
  /** Null: no hurry. */
  readonly deadlineMs: number | null;
  readonly owner: string;
}

export type Task = TaskBase &
  (
    | { readonly kind: 'card'; readonly title: string; readonly note: string }
    | { readonly kind: 'law'; readonly title: string; readonly count: number; readonly words: string }
    | { readonly kind: 'script'; readonly count: number; readonly titles: readonly string[] }
    | { readonly kind: 'follow-up'; readonly rule: FollowUpRule; readonly people: number; readonly leftOut: number }
    | { readonly kind: 'tags'; readonly count: number }
  );

const aheadMs = 7 * 86_400_000;

/** Cards not done with a deadline within a week, or past it. */
export const listCardTasks = (around: readonly OpenCampaign[], nowMs: number): readonly Task[] =>
  around.flatMap(({ campaign, plan }) =>
    plan.cards
      .filter(({ column, deadlineMs }) => column !== 'done' && deadlineMs !== null && deadlineMs < nowMs + aheadMs)
      .map(({ id, title, note, owner, deadlineMs }) => ({
        kind: 'card' as const,
        key: `card/${campaign.id}/${id}`,
        campaignId: campaign.id,
        campaignTitle: campaign.title,
        deadlineMs,
        owner,
        title,
        note,
      })),
  );

/** Scripts of the next broadcast that may not be said as they stand, and products without one. Due when it starts. */
export const listScriptTasks = (next: OpenCampaign, products: ReadonlyMap<string, Product>): readonly Task[] => {
  const { campaign, show } = next;
  const base = { campaignId: campaign.id, campaignTitle: campaign.title, deadlineMs: campaign.startMs };
  const law = show.items.flatMap((item): readonly Task[] => {
    const found = blockedIn(item, products);
    const [first] = found;
    const title = nameOfItem(item, products.get(item.productId)?.name);
    const key = `law/${campaign.id}/${item.id}`;
    return first ? [{ ...base, kind: 'law', key, owner: item.owner, title, count: found.length, words: first }] : [];
  });
  const bare = show.items.filter(({ kind, script }) => kind === 'product' && script.trim() === '');
  if (bare.length === 0) return law;
  const titles = bare.map((item) => nameOfItem(item, products.get(item.productId)?.name));
  return [...law, { ...base, kind: 'script', key: `script/${campaign.id}`, owner: '', count: bare.length, titles }];
};

/** The words of a script that may not be said. */
export const blockedIn = (item: RunOfShowItem, products: ReadonlyMap<string, Product>): readonly string[] => {
  const flagged = checkScript(item.script, products.get(item.productId) ?? null);
  return flagged.flatMap(({ findings }) =>
    findings.filter(({ verdict }) => verdict === 'block').map(({ text }) => text),
  );
};

/** Nearest deadline first, what does not press last; ties by key. */
export const byDeadline = (a: Task, b: Task): number =>
  (a.deadlineMs ?? Number.MAX_SAFE_INTEGER) - (b.deadlineMs ?? Number.MAX_SAFE_INTEGER) || (a.key < b.key ? -1 : 1);
