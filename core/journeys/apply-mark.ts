/**
 * A member's tick as a decision record: the next version of the decision, in the state asked for. Handed over means
 * copied, confirmed means sent by a person. Marking what already is in that state gives nothing.
 */
import type { Decision } from '../datasets/fact.ts';
import type { CampaignId } from '../units/ids.ts';
import { followUpRuleVersion } from './decision-id.ts';
import { type PlannedMessage, reasonText } from './follow-up.ts';

export interface MarkMoment {
  readonly campaign: string;
  readonly asOfDay: number;
  readonly parameterVersion: number;
  readonly byMember: string;
  readonly nowMs: number;
}

/** Who handed over, sent or gave back what a machine sent. */
export const bySender = 'server';

export type MarkState = 'handed-over' | 'confirmed' | 'taken-back';

export const applyMark = (message: PlannedMessage, state: MarkState, moment: MarkMoment): Decision | null => {
  if (message.state === state || message.arm === 'hold-out') return null;
  if (state === 'taken-back' && message.state === 'planned') return null;
  // Copying once more after it was sent does not unsend it.
  if (state === 'handed-over' && message.state === 'confirmed') return null;
  return record(message, state, moment);
};

/** The record of somebody who deliberately gets nothing, so that what would have come anyway can be counted. */
export const recordHoldOut = (message: PlannedMessage, moment: MarkMoment): Decision | null =>
  message.version > 0 ? null : record(message, 'planned', moment);

function record(message: PlannedMessage, state: Decision['state'], moment: MarkMoment): Decision {
  return {
    kind: 'decision',
    decision: message.decision,
    customer: message.customer,
    campaign: moment.campaign as CampaignId,
    rule: message.rule,
    ruleVersion: followUpRuleVersion,
    asOfDay: moment.asOfDay,
    parameterVersion: moment.parameterVersion,
    arm: message.arm,
    channel: message.arm === 'act' ? message.channel : '',
    item: message.product,
    coupon: message.coupon,
    reason: reasonText(message.reason),
    state,
    version: message.version + 1,
    byMember: moment.byMember,
    atMs: moment.nowMs,
  };
}
