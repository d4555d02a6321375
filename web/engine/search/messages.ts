/** What the library may ask the search worker. Every answer carries the number of the question it answers. */
import type { SearchableClip } from '#core/content/search-clips.ts';

export type SearchAsk =
  | { readonly say: 'set'; readonly clips: readonly SearchableClip[] }
  | { readonly say: 'search'; readonly number: number; readonly text: string };

export interface SearchAnswer {
  readonly number: number;
  readonly ids: readonly string[] | null;
  readonly tookMs: number;
}
