/** Which order lines count. Gifts are purchases in money but say nothing about anybody's rhythm. */
import { lineFlag, notAPurchase } from '#core/datasets/ledger-columns.ts';

export const notInCycle = notAPurchase | lineFlag.gift;
