import type { Version } from '#core/workspace/history/version.ts';
import type { historyWords } from '#web/words/history.ts';

/** What a version is called: the name somebody gave it, else the moment it was kept at. */
export const versionTitle = (w: ReturnType<typeof historyWords>, { name, kind }: Version): string =>
  name === '' ? w.kinds[kind] : name;
