/**
 * A follow-up decision is named by what it is about, so that two devices that plan the same campaign name it alike and
 * a person who belongs to a group once is decided about once.
 */
export const followUpRules = ['follow-up/watched', 'follow-up/ordered', 'follow-up/missed'] as const;
export type FollowUpRule = (typeof followUpRules)[number];

export const followUpRuleVersion = 1;

/** Steps of one rule: the message after the order, the guide within a day, the coupon before the cycle ends. */
export const decisionId = (campaign: string, rule: FollowUpRule, customer: string, step = ''): string =>
  `${campaign}/${rule.slice('follow-up/'.length)}${step ? `-${step}` : ''}/${customer}`;
