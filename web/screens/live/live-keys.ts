/** Live acts by key. Always with Alt, and by the key's place: on a Mac Alt changes the letter that is typed. */
import type { MarkKind } from '#web/words/live.ts';

export const markKeys: Readonly<Record<MarkKind, string>> = {
  highlight: 'H',
  promise: 'P',
  question: 'Q',
  'sold-out': 'S',
  trouble: 'T',
};

export type LiveAct =
  | { readonly act: 'accept' }
  | { readonly act: 'dismiss' }
  | { readonly act: 'next' }
  | { readonly act: 'mark'; readonly kind: MarkKind };

export const liveActOf = (
  event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'code' | 'repeat'>,
): LiveAct | null => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return null;
  if (event.code === 'KeyY') return { act: 'accept' };
  if (event.code === 'KeyN') return { act: 'dismiss' };
  if (event.code === 'ArrowRight') return { act: 'next' };
  const kind = (Object.entries(markKeys) as [MarkKind, string][]).find(([, key]) => event.code === `Key${key}`)?.[0];
  return kind ? { act: 'mark', kind } : null;
};
