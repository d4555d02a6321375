/** A rule of the advertising-law check, as data. `law-rules.data.ts` holds the list; a workspace may add its own. */
export const productKinds = ['ordinary', 'infant-formula', 'health-food'] as const;
export type ProductKind = (typeof productKinds)[number];

/** Where the rule comes from; `web/words/wording.ts` names the article in people's words. */
export type Article =
  | 'advertising-law-9-1'
  | 'advertising-law-9-2'
  | 'advertising-law-9-3'
  | 'advertising-law-9-8'
  | 'advertising-law-11'
  | 'advertising-law-12'
  | 'advertising-law-13'
  | 'advertising-law-17'
  | 'advertising-law-18'
  | 'advertising-law-20'
  | 'advertising-law-28'
  | 'trademark-law-14'
  | 'food-safety-law-73'
  | 'formula-registration';

export interface LawRule {
  readonly id: string;
  readonly article: Article;
  /** `block`: must not be said. `review`: may be said with evidence, so a person decides. */
  readonly verdict: 'block' | 'review';
  /** Kinds of product it is about; absent: all. */
  readonly kinds?: readonly ProductKind[];
  /** What is found, in a line without spaces. */
  readonly pattern: RegExp;
  /** A find that overlaps one of these is none: usage advice, order in time, comparison within the own shop ... */
  readonly exceptions?: readonly RegExp[];
  /** The whole line passes when this is in it: the source is named, the warning is given. */
  readonly unless?: RegExp;
  /** What may be said instead; each passes the check itself. */
  readonly rewrites: readonly Rewrite[];
}

/** Words that read in the place of the found ones: where `of` fits the line up to their end, or for a whole clause. */
export interface Rewrite {
  readonly text: string;
  readonly of?: RegExp;
}
