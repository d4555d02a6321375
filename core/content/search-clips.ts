/**
 * The library's index: MiniSearch over the terms of `clip-terms.ts`, prefixes allowed, all words required. Clips are
 * put in, replaced and taken out one by one; an empty search answers null: show everything.
 */
import MiniSearch from 'minisearch';
import type { Clip } from './clip.ts';
import { type Initials, clipTerms, queryTerms } from './clip-terms.ts';

export interface SearchableClip extends Pick<Clip, 'id' | 'title' | 'text' | 'tags'> {
  readonly product: string;
}

export interface ClipIndex {
  /** Makes the index hold exactly these; work in proportion to what differs. */
  set(clips: readonly SearchableClip[]): void;
  /** Ids, best first; null when nothing was asked. */
  search(text: string): readonly string[] | null;
}

export const createClipIndex = (initials: Initials): ClipIndex => {
  const index = new MiniSearch<{ id: string; title: string; tags: string; product: string; text: string }>({
    fields: ['title', 'tags', 'product', 'text'],
    tokenize: (text) => [...clipTerms(text, initials)],
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 3, tags: 2, product: 2 },
      prefix: (term) => /^[a-z0-9]/.test(term),
      combineWith: 'AND',
      tokenize: (text) => [...queryTerms(text)],
    },
  });
  const known = new Map<string, string>();

  return {
    set: (clips) => {
      const wanted = new Set(clips.map(({ id }) => id));
      for (const id of known.keys()) {
        if (wanted.has(id)) continue;
        index.discard(id);
        known.delete(id);
      }
      for (const clip of clips) {
        const record = {
          id: clip.id,
          title: clip.title,
          tags: clip.tags.join(' '),
          product: clip.product,
          text: clip.text,
        };
        const print = [record.title, record.tags, record.product, record.text].join('\n');
        if (known.get(clip.id) === print) continue;
        if (known.has(clip.id)) index.replace(record);
        else index.add(record);
        known.set(clip.id, print);
      }
    },
    search: (text) => (queryTerms(text).length === 0 ? null : index.search(text).map(({ id }) => id as string)),
  };
};
