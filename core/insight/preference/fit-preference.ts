/**
 * Counts what a shop's customers did, by segment and altogether, and learns how much a customer's own history should
 * weigh: of the strengths 1, 2, 4 … 1024 the one that best foretells each observation of a customer from their others
 * and from everybody else (leave one out, log score). A customer counts with at most 200 observations of each sort.
 */
import type { PreferenceHistory } from './preference-history.ts';
import {
  type OptionCounts,
  type PreferenceGroup,
  type PreferenceParameters,
  contentKinds,
} from './preference-parameters.ts';
import { fewestOfShop, hitOrMiss, priorShare, total } from './smooth-shares.ts';

const strengths = Array.from({ length: 11 }, (_, power) => 2 ** power);
const mostOfOne = 200;

/** Observations of one customer in one group: option → hits and trials. */
interface Own {
  readonly segment: string;
  readonly byOption: ReadonlyMap<string, { hits: number; trials: number }>;
}

export const fitPreference = (histories: Iterable<PreferenceHistory>): PreferenceParameters => {
  const own = { channels: [] as Own[], contents: [] as Own[], days: [] as Own[], hours: [] as Own[] };
  for (const { segment, channels, contents, hours } of histories) {
    own.channels.push(
      ownOf(
        segment,
        channels.map(({ channel, isHit }) => [channel, isHit] as const),
      ),
    );
    own.contents.push(
      ownOf(
        segment,
        contents.map((kind) => [kind, true] as const),
      ),
    );
    own.days.push(
      ownOf(
        segment,
        hours.map((hour) => [dayOption(hour), true] as const),
      ),
    );
    own.hours.push(
      ownOf(
        segment,
        hours.map((hour) => [hourOption(hour), true] as const),
      ),
    );
  }
  return {
    channels: fitGroup(own.channels, hitOrMiss),
    contents: fitGroup(own.contents, contentKinds.length),
    days: fitGroup(own.days, 7),
    hours: fitGroup(own.hours, 48),
  };
};

export const dayOption = (hourOfWeek: number): string => String(Math.floor(hourOfWeek / 24));
export const hourOption = (hourOfWeek: number): string =>
  String((hourOfWeek % 24) + (Math.floor(hourOfWeek / 24) >= 5 ? 24 : 0));

function ownOf(segment: string, observed: readonly (readonly [option: string, isHit: boolean])[]): Own {
  const byOption = new Map<string, { hits: number; trials: number }>();
  for (const [option, isHit] of observed.slice(-mostOfOne)) {
    const counts = byOption.get(option) ?? { hits: 0, trials: 0 };
    byOption.set(option, counts);
    counts.trials++;
    if (isHit) counts.hits++;
  }
  return { segment, byOption };
}

function fitGroup(people: readonly Own[], options: number): PreferenceGroup {
  const shop = sumOf(people);
  const bySegment = new Map<string, Own[]>();
  for (const one of people) {
    const alike = bySegment.get(one.segment);
    if (alike) alike.push(one);
    else bySegment.set(one.segment, [one]);
  }
  const names = [...bySegment.keys()].sort();
  const segments = Object.fromEntries(
    names
      .map((name) => [name, sumOf(bySegment.get(name) ?? [])] as const)
      .filter(([, counts]) => total(counts.trials) > 0),
  );
  const group = { shop, segments };
  if (total(shop.trials) < fewestOfShop) return { ...group, strength: 10 };
  const scores = new Float64Array(strengths.length);
  for (const one of people) addScores(scores, one, group, options);
  let best = 0;
  // The larger of two that foretell alike: then nobody differs.
  scores.forEach((score, at) => {
    if (score >= (scores[best] as number) - 1e-9) best = at;
  });
  return { ...group, strength: strengths[best] as number };
}

function sumOf(people: readonly Own[]): OptionCounts {
  const hits = new Map<string, number>();
  const trials = new Map<string, number>();
  for (const { byOption } of people)
    for (const [option, counts] of byOption) {
      hits.set(option, (hits.get(option) ?? 0) + counts.hits);
      trials.set(option, (trials.get(option) ?? 0) + counts.trials);
    }
  const table = (counts: ReadonlyMap<string, number>) =>
    Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { hits: table(hits), trials: table(trials) };
}

/** Log score of each observation from the customer's others, for every strength. */
function addScores(
  scores: Float64Array,
  { segment, byOption }: Own,
  group: Pick<PreferenceGroup, 'shop' | 'segments'>,
  options: number,
): void {
  const isRate = options === hitOrMiss;
  const all = [...byOption.values()].reduce((sum, { trials }) => sum + trials, 0);
  for (const [option, { hits, trials }] of byOption) {
    const n = isRate ? trials : all;
    if (n < 2) continue;
    const prior = priorShare(group, segment, option, options, { hits, trials: n });
    strengths.forEach((strength, at) => {
      const of = (count: number, share: number): number =>
        Math.log((count - 1 + strength * share) / (n - 1 + strength));
      if (hits > 0) scores[at] = (scores[at] as number) + hits * of(hits, prior);
      const misses = isRate ? trials - hits : 0;
      if (misses > 0) scores[at] = (scores[at] as number) + misses * of(misses, 1 - prior);
    });
  }
}
