/** Whether a line of this name charges for something beside goods: postage, packing, a difference to be paid. */
import { chargePattern } from './charges.data.ts';

export const isCharge = (name: string): boolean => chargePattern.test(name.trim());
