/** Which order lines tell a rhythm. Gifts that were paid for, and charges such as postage, count as money but tell none. */
import { lineFlag, notAPurchase } from '#core/datasets/ledger-columns.ts';

export const notInCycle = notAPurchase | lineFlag.gift | lineFlag.charge;

/** What must be on the shelf: a gift leaves it too, whoever pays; a charge was never there. */
export const notDemanded = (notAPurchase & ~lineFlag.free) | lineFlag.charge;
