/** The library's search, off the page's thread: index and pinyin table live here. */
import { pinyin } from 'pinyin-pro';
import { createClipIndex } from '#core/content/search-clips.ts';
import type { SearchAnswer, SearchAsk } from './messages.ts';

const index = createClipIndex((chinese) =>
  pinyin(chinese, { pattern: 'first', toneType: 'none', type: 'array' }).join(''),
);

self.onmessage = ({ data }: MessageEvent<SearchAsk>): void => {
  if (data.say === 'set') return index.set(data.clips);
  const startMs = performance.now();
  const ids = index.search(data.text);
  const answer: SearchAnswer = { number: data.number, ids, tookMs: performance.now() - startMs };
  self.postMessage(answer);
};
