/** Who of a group may be handed to an endpoint now: planned people of one step, due before these quiet hours are over. Marketing that is late goes to nobody. */
import { channels } from '../outreach/channels.data.ts';
import type { ChannelId } from '../outreach/channel.ts';
import { afterQuietHours } from '../outreach/quiet-hours.ts';
import { type FollowUpGroup, type FollowUpStep, type PlannedMessage, isHandled } from './follow-up.ts';
import { purposeOf } from './purpose-of.ts';

export const pickForEndpoint = (
  { people }: Pick<FollowUpGroup, 'people'>,
  step: FollowUpStep,
  channel: ChannelId,
  nowMs: number,
): readonly PlannedMessage[] => {
  const purposes = channels.find(({ id }) => id === channel)?.purposes ?? [];
  return people.filter((message) => {
    const purpose = purposeOf(message);
    const isLate = purpose === 'marketing' && message.deadlineMs < nowMs;
    const isDue = message.notBeforeMs <= afterQuietHours(nowMs) && !isLate;
    return message.step === step && !isHandled(message.state) && isDue && purposes.includes(purpose);
  });
};
