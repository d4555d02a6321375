/** What a shop's history says of preferences: counts of the shop and its segments, and how strongly they weigh. */
export const contentKinds = ['promotion', 'knowledge', 'story'] as const;
export type ContentKind = (typeof contentKinds)[number];

export const isContentKind = (kind: unknown): kind is ContentKind => contentKinds.some((known) => known === kind);

/** Observations by option; for channels, `hits` of `trials`; for the others `hits` alone are counted. */
export interface OptionCounts {
  readonly hits: Readonly<Record<string, number>>;
  readonly trials: Readonly<Record<string, number>>;
}

export interface PreferenceGroup {
  readonly shop: OptionCounts;
  readonly segments: Readonly<Record<string, OptionCounts>>;
  /** So many own observations weigh as much as the segment's share. */
  readonly strength: number;
}

export interface PreferenceParameters {
  readonly channels: PreferenceGroup;
  readonly contents: PreferenceGroup;
  /** Options are `0` to `6`, Monday first. */
  readonly days: PreferenceGroup;
  /** Options are `0` to `23` on working days and `24` to `47` at weekends. */
  readonly hours: PreferenceGroup;
}

const nothing: PreferenceGroup = { shop: { hits: {}, trials: {} }, segments: {}, strength: 10 };

export const defaultPreferenceParameters: PreferenceParameters = {
  channels: nothing,
  contents: nothing,
  days: nothing,
  hours: nothing,
};
