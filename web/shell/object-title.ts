import type { ObjectLabel } from '#core/workspace/history/compare-version.doc.ts';
import type { historyWords } from '#web/words/history.ts';
import type { ObjectInDocument } from '#web/workspace/history.ts';
import type { History } from './history.svelte.ts';

type Words = ReturnType<typeof historyWords>;

export const objectKind = (w: Words, { collection }: ObjectInDocument): string =>
  w.objects[collection.replace(/\/.*/, '')] ?? w.objectOther;

/** What people call an object: its own title or its product's; of a message, its broadcast and step. */
export const objectTitle = (w: Words, history: History, object: ObjectInDocument, label?: ObjectLabel): string => {
  const [kind, campaign = '', step = ''] = object.collection.split('/');
  if (kind === 'message') return w.message(history.campaignTitle(campaign), step);
  return history.titleOf(object.path, object, label) || w.untitled;
};
