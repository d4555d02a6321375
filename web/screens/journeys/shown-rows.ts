/** What the list shows: messages by id, and an order that stays put while rows are ticked. */
import type { Decision } from '#core/datasets/fact.ts';
import type { FollowUpPlan, FollowUpStep, PlannedMessage } from '#core/journeys/follow-up.ts';

export type Filter = 'todo' | 'sent' | 'all';

export const messagesById = (plan: FollowUpPlan | null): ReadonlyMap<string, PlannedMessage> =>
  new Map(plan?.groups.flatMap(({ people }) => people.map((message) => [message.decision, message] as const)));

export const decisionsById = (decisions: readonly Decision[]): ReadonlyMap<string, Decision> =>
  new Map(decisions.map((decision) => [decision.decision, decision]));

export const wantedRows = (
  people: readonly PlannedMessage[],
  step: FollowUpStep | 'every',
  filter: Filter,
): readonly string[] =>
  people
    .filter(
      (message) =>
        (step === 'every' || message.step === step) &&
        (filter === 'all' || (filter === 'sent') === (message.state === 'confirmed')),
    )
    .map(({ decision }) => decision);

/** Those shown already stay where they are; new ones join at the end. */
export const holdStill = (shown: readonly string[], wanted: readonly string[]): readonly string[] => {
  const kept = new Set(shown);
  return [...shown, ...wanted.filter((id) => !kept.has(id))];
};
