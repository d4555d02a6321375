/** Which order lines tell a rhythm. Gifts that were paid for are purchases in money but say nothing about it. */
import { lineFlag, notAPurchase } from '#core/datasets/ledger-columns.ts';

export const notInCycle = notAPurchase | lineFlag.gift;

/** What must be on the shelf: a gift leaves it too, whoever pays. */
export const notDemanded = notAPurchase & ~lineFlag.free;
