/** What a group card says: three numbers that never mix, how much time is left, what waits for later days. */
import type { FollowUpGroup, FollowUpStep, PlannedMessage } from '#core/journeys/follow-up.ts';
import { windowMs } from '#core/journeys/broadcast-window.ts';

export interface GroupFigures {
  readonly people: number;
  /** Messages due inside the 72 hours. */
  readonly planned: number;
  /** Copied by someone, those sent included. */
  readonly handedOver: number;
  readonly confirmed: number;
  /** Due after the 72 hours. */
  readonly later: number;
  readonly laterFromMs: number | null;
  /** Nearest deadline of what is still to do; null when nothing is. */
  readonly nearestMs: number | null;
  /** Past their deadline and not confirmed. */
  readonly late: number;
  /** People still to be written to of whom neither a name nor a number is known. */
  readonly nameless: number;
  readonly steps: readonly StepFigures[];
}

export interface StepFigures {
  readonly step: FollowUpStep;
  readonly messages: number;
  readonly confirmed: number;
  readonly fromMs: number;
  readonly deadlineMs: number;
}

export const isSent = ({ state }: PlannedMessage): boolean => state === 'confirmed';

export const isToDo = (message: PlannedMessage, nowMs: number): boolean =>
  !isSent(message) && message.notBeforeMs <= nowMs;

export const groupFigures = (group: FollowUpGroup, endMs: number, nowMs: number): GroupFigures => {
  const now = group.people.filter(({ notBeforeMs }) => notBeforeMs <= endMs + windowMs);
  const later = group.people.filter(({ notBeforeMs }) => notBeforeMs > endMs + windowMs);
  const open = now.filter((message) => !isSent(message));
  const inTime = open.filter(({ deadlineMs }) => deadlineMs > nowMs);
  return {
    people: new Set(group.people.map(({ customer }) => customer)).size,
    planned: now.length,
    handedOver: now.filter(({ state }) => state === 'handed-over' || state === 'confirmed').length,
    confirmed: now.filter(isSent).length,
    later: later.length,
    laterFromMs: later.length === 0 ? null : Math.min(...later.map(({ notBeforeMs }) => notBeforeMs)),
    nearestMs: inTime.length > 0 ? Math.min(...inTime.map(({ deadlineMs }) => deadlineMs)) : null,
    late: open.length - inTime.length,
    nameless: new Set(
      group.people
        .filter((message) => !isSent(message) && message.alias === '' && message.maskedPhone === '')
        .map(({ customer }) => customer),
    ).size,
    steps: stepFigures(group.people),
  };
};

/** Groups with something to do in time first, nearest deadline first; then those that are late, then the done ones. */
export const byNearestDeadline = (groups: readonly FollowUpGroup[], nowMs: number): readonly FollowUpGroup[] => {
  const rank = (group: FollowUpGroup): number => {
    const open = group.people.filter((message) => !isSent(message)).map(({ deadlineMs }) => deadlineMs);
    const inTime = open.filter((deadlineMs) => deadlineMs > nowMs);
    if (inTime.length > 0) return Math.min(...inTime);
    return open.length > 0 ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
  };
  return groups
    .map((group, at) => ({ group, at, rank: rank(group) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ group }) => group);
};

function stepFigures(people: readonly PlannedMessage[]): readonly StepFigures[] {
  const steps = [...new Set(people.map(({ step }) => step))];
  return steps.map((step) => {
    const own = people.filter((message) => message.step === step);
    const open = own.filter((message) => !isSent(message));
    const from = open.length > 0 ? open : own;
    return {
      step,
      messages: own.length,
      confirmed: own.filter(isSent).length,
      fromMs: Math.min(...from.map(({ notBeforeMs }) => notBeforeMs)),
      deadlineMs: Math.min(...from.map(({ deadlineMs }) => deadlineMs)),
    };
  });
}
