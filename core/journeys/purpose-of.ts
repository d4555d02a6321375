/** What a message of a follow-up is for: a coupon or a clip is marketing, a word about one's own order is service. */
import type { Decision } from '../datasets/fact.ts';

export type Purpose = 'marketing' | 'service';

export const purposeOf = ({ rule, coupon }: Pick<Decision, 'rule' | 'coupon'>): Purpose =>
  rule === 'follow-up/ordered' && coupon === '' ? 'service' : 'marketing';
