/** An interest a product speaks to. The Chinese name is the id, in rules and in documents; English is for the eye. */
export interface StarterTag {
  readonly id: string;
  readonly english: string;
  /** Words in a product's name that suggest the tag. */
  readonly keywords: readonly string[];
  /** Words in a product's category that suggest it. */
  readonly categories: readonly string[];
  /** Words that speak against it, wherever they stand. */
  readonly except: readonly string[];
}
