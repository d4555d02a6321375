/**
 * Keeps on this device what somebody may want next, visited or not, so that after one visit every board opens without
 * a server: the documents of the brand, and the campaigns around now. One document at a time, in one tab of a device,
 * again every ten minutes and when a campaign is added. Facts are kept by the engine.
 */
import type * as Y from 'yjs';
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';

export interface AheadDeps {
  /** Names the round among this device's tabs. */
  readonly name: string;
  readonly settings: Y.Doc;
  /** The server's list of campaigns is known; never, without a server. */
  readonly synced: Promise<void>;
  mayRead(path: string): boolean;
  /** Brings one document up to date on this device; false when no server answered. */
  bring(path: string): Promise<boolean>;
  nowMs(): number;
}

const everyMs = 600_000;
/** After the page that is looked at has had its turn, and after a series of edits. */
const settleMs = 2000;
const retryMs = 20_000;
const monthMs = 30 * 86_400_000;
const mostCampaigns = 24;

/** Returns how to end it. */
export const keepAhead = (deps: AheadDeps): (() => void) => {
  // Without a secure context there is no offline mode to keep anything for.
  if (!('locks' in navigator)) return () => undefined;
  const broughtMs = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  /** False when it has to be tried again soon. */
  const bringAll = async (): Promise<boolean> => {
    for (const path of pathsAhead(deps)) {
      const before = broughtMs.get(path);
      if (before !== undefined && deps.nowMs() - before < everyMs) continue;
      if (isClosed || !(await deps.bring(path))) return false;
      broughtMs.set(path, deps.nowMs());
    }
    return true;
  };
  const round = async (): Promise<void> => {
    await deps.synced;
    const isDone = await navigator.locks.request(`${deps.name}ahead`, { ifAvailable: true }, (lock) =>
      lock === null ? false : bringAll(),
    );
    plan(isDone ? everyMs : retryMs);
  };
  const plan = (inMs: number): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(() => void round(), inMs);
  };
  const listChanged = (): void => plan(settleMs);

  const list = campaignListType(deps.settings);
  list.observe(listChanged);
  plan(settleMs);
  return () => {
    isClosed = true;
    clearTimeout(timer);
    list.unobserve(listChanged);
  };
};

/** What is wanted soonest comes first. */
const pathsAhead = ({ settings, mayRead, nowMs }: AheadDeps): readonly string[] => {
  const now = nowMs();
  const campaigns = readCampaignList(settings)
    .campaigns.filter(({ archived, startMs }) => !archived && Math.abs(startMs - now) < monthMs)
    .sort((a, b) => Math.abs(a.startMs - now) - Math.abs(b.startMs - now))
    .slice(0, mostCampaigns);
  return [
    'catalogue',
    ...campaigns.flatMap(({ id }) => [`show/${id}`, `campaign/${id}`]),
    ...['library', 'segments', 'journeys'],
    ...campaigns.map(({ id }) => `broadcast/${id}`),
  ].filter(mayRead);
};
