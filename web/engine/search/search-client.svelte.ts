/** The page's side of the search worker: the newest question wins, older answers are dropped. */
import type { SearchableClip } from '#core/content/search-clips.ts';
import type { SearchAnswer, SearchAsk } from './messages.ts';

export class SearchClient {
  readonly #worker: Worker;
  #asked = 0;
  /** Null: nothing was asked, show everything. */
  ids = $state.raw<readonly string[] | null>(null);
  tookMs = $state(0);

  constructor() {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- an address, read once
    this.#worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
      if (data.number !== this.#asked) return;
      this.ids = data.ids;
      this.tookMs = data.tookMs;
    };
  }

  set(clips: readonly SearchableClip[]): void {
    this.#say({ say: 'set', clips });
  }

  search(text: string): void {
    this.#say({ say: 'search', number: ++this.#asked, text });
  }

  close(): void {
    this.#worker.terminate();
  }

  #say(ask: SearchAsk): void {
    this.#worker.postMessage(ask);
  }
}
