/**
 * How one customer is best reached: channels by rate of answers and the hours of the week in which they are likeliest to
 * be about, both out of those allowed, and kinds of content by share. Each with own observations and whose voice it is; a shop
 * that has too little to have a usual answers `insufficient-evidence` with what was there and what is needed.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import { dayOption, hourOption } from './fit-preference.ts';
import type { PreferenceHistory } from './preference-history.ts';
import { type PreferenceGroup, type PreferenceParameters, contentKinds } from './preference-parameters.ts';
import {
  type SmoothedShare,
  type Voice,
  fewestOfShop,
  hitOrMiss,
  priorShare,
  smoothedShare,
  total,
  voiceOf,
} from './smooth-shares.ts';

export interface SharePreference {
  readonly voice: Voice;
  /** Own observations, the shop's, and how many the shop needs. */
  readonly own: number;
  readonly shop: number;
  readonly needed: number;
  /** Best first, of the allowed ones; empty for insufficient evidence, or when none is allowed. */
  readonly options: readonly SmoothedShare[];
}

export interface TimePreference {
  readonly voice: Voice;
  readonly own: number;
  readonly shop: number;
  readonly needed: number;
  /** Null for insufficient evidence, or when no hour is allowed. */
  readonly best: {
    /** 0 is Monday. */
    readonly weekday: number;
    /** From the full hour, up to and without this one. */
    readonly fromHour: number;
    readonly toHour: number;
    /** Share of the week's acts that fall into these hours of this day; to 1e-4. */
    readonly share: number;
    /** Own acts in these hours, on whatever day, of all own acts. */
    readonly hits: number;
  } | null;
}

export interface PreferenceExplanation {
  readonly channels: SharePreference;
  readonly contents: SharePreference;
  readonly time: TimePreference;
}

/** What may be recommended at all: the shop's rules and the person's word stand above every preference. */
export interface Allowed {
  readonly hour: (hourOfWeek: number) => boolean;
  readonly channel: (channel: string) => boolean;
}

const everything: Allowed = { hour: () => true, channel: () => true };
const mostHours = 3;
/** A neighbouring hour belongs to the window while it is this likely, compared with the best. */
const nearlyAsLikely = 0.75;

export const explainPreference = (
  history: PreferenceHistory,
  parameters: PreferenceParameters,
  allowed: Allowed = everything,
): PreferenceExplanation => {
  const channels = shareOf(
    history.segment,
    history.channels.map(({ channel, isHit }) => [channel, isHit] as const),
    parameters.channels,
    hitOrMiss,
  );
  return {
    channels: { ...channels, options: channels.options.filter(({ option }) => allowed.channel(option)) },
    contents: explainContents(history, parameters),
    time: timeOf(history, parameters, allowed.hour),
  };
};

/** The part that says which kinds of content, for whoever needs no more. */
export const explainContents = (
  { segment, contents }: Pick<PreferenceHistory, 'segment' | 'contents'>,
  parameters: PreferenceParameters,
): SharePreference =>
  shareOf(
    segment,
    contents.map((kind) => [kind, true] as const),
    parameters.contents,
    contentKinds.length,
  );

/** Smoothed share of each hour of the week; they add up to 1. */
export const hourShares = ({ segment, hours }: PreferenceHistory, parameters: PreferenceParameters): Float64Array => {
  const days = Array.from({ length: 7 }, (_, day) =>
    ownShare(segment, String(day), hours.map(dayOption), parameters.days, 7),
  );
  const slots = Array.from({ length: 48 }, (_, slot) =>
    ownShare(segment, String(slot), hours.map(hourOption), parameters.hours, 48),
  );
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  const ofDays = sum(days);
  const halves = [sum(slots.slice(0, 24)), sum(slots.slice(24))];
  return Float64Array.from({ length: 168 }, (_, hour) => {
    const day = Math.floor(hour / 24);
    const half = day >= 5 ? 1 : 0;
    return ((days[day] ?? 0) / ofDays) * ((slots[half * 24 + (hour % 24)] ?? 0) / (halves[half] ?? 1));
  });
};

function ownShare(segment: string, option: string, own: readonly string[], group: PreferenceGroup, options: number) {
  const hits = own.filter((one) => one === option).length;
  return smoothedShare(priorShare(group, segment, option, options), hits, own.length, group.strength);
}

function shareOf(
  segment: string,
  observed: readonly (readonly [option: string, isHit: boolean])[],
  group: PreferenceGroup,
  options: number,
): SharePreference {
  const isRate = options === hitOrMiss;
  const voice = voiceOf(observed.length, group, segment);
  const about = { voice, own: observed.length, shop: total(group.shop.trials), needed: fewestOfShop };
  if (voice === 'insufficient-evidence') return { ...about, options: [] };
  const names = isRate
    ? [...new Set([...Object.keys(group.shop.trials), ...observed.map(([option]) => option)])]
    : [...contentKinds];
  const shares = names.map((option): SmoothedShare => {
    const own = observed.filter(([one]) => one === option);
    const hits = own.filter(([, isHit]) => isHit).length;
    const trials = isRate ? own.length : observed.length;
    const share = smoothedShare(priorShare(group, segment, option, options), hits, trials, group.strength);
    return { option, share, hits, trials };
  });
  return { ...about, options: shares.sort((a, b) => b.share - a.share || (a.option < b.option ? -1 : 1)) };
}

function timeOf(
  history: PreferenceHistory,
  parameters: PreferenceParameters,
  isAllowed: (hourOfWeek: number) => boolean,
): TimePreference {
  const { hours, segment } = history;
  const voice = voiceOf(hours.length, parameters.hours, segment);
  const about = { voice, own: hours.length, shop: total(parameters.hours.shop.trials), needed: fewestOfShop };
  if (voice === 'insufficient-evidence') return { ...about, best: null };
  const shares = hourShares(history, parameters);
  let best = -1;
  for (let hour = 0; hour < 168; hour++)
    if (isAllowed(hour) && (best < 0 || roundProbability(shares[hour]!) > roundProbability(shares[best]!))) best = hour;
  if (best < 0) return { ...about, best: null };
  const day = Math.floor(best / 24);
  const enough = (shares[best] ?? 0) * nearlyAsLikely;
  const belongs = (hour: number): boolean =>
    Math.floor(hour / 24) === day && isAllowed(hour) && (shares[hour] ?? 0) >= enough;
  let from = best;
  let to = best + 1;
  while (to - from < mostHours) {
    const [before, after] = [belongs(from - 1) ? shares[from - 1]! : 0, belongs(to) ? shares[to]! : 0];
    if (before === 0 && after === 0) break;
    if (after >= before) to++;
    else from--;
  }
  const isInside = (hour: number): boolean => hour % 24 >= from % 24 && hour % 24 < (from % 24) + to - from;
  return {
    ...about,
    best: {
      weekday: day,
      fromHour: from % 24,
      toHour: (from % 24) + to - from,
      share: roundProbability(shares.slice(from, to).reduce((sum, one) => sum + one, 0)),
      hits: hours.filter(isInside).length,
    },
  };
}
