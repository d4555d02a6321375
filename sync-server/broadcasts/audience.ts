/** Who the viewers of a broadcast are: the server's ledger and what is believed about its customers, refreshed. */
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { type ServerLedgerDeps, type ServerLedger, openServerLedger } from '#sync-server/datasets/server-ledger.ts';

export interface Audience {
  readonly ledger: Ledger;
  readonly beliefs: BeliefColumns | null;
  readonly serverLedger: ServerLedger;
  customerOf(event: Pick<LiveEvent, 'viewerKeyKind' | 'viewerKey'>): number;
  productOfItem(item: string): string;
}

export const openAudience = async (deps: ServerLedgerDeps, workspace: string, nowMs: number): Promise<Audience> => {
  const serverLedger = await openServerLedger(deps, workspace);
  const rfm = await deps.rooms.read(`${workspace}/settings`, readRfmThresholds);
  const beliefs = deriveBeliefs(serverLedger.ledger, { ...defaultParameters, rfm }, dayFromMs(nowMs));
  return {
    ledger: serverLedger.ledger,
    beliefs,
    serverLedger,
    customerOf: ({ viewerKeyKind, viewerKey }) =>
      viewerKeyKind === '' ? -1 : serverLedger.customerByKey(viewerKeyKind, viewerKey),
    productOfItem: serverLedger.productOfItem,
  };
};
