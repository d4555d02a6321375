/**
 * What the command palette can find, and how: by the words themselves and by pinyin initials. Entries come from the
 * documents this member may read; customers are asked for by the engine, elsewhere.
 */
import { readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { readLibrary } from '#core/content/library.doc.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

export type EntryKind = 'screens' | 'actions' | 'campaigns' | 'products' | 'clips' | 'customers';

export interface PaletteEntry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly label: string;
  readonly note?: string | undefined;
  run(): void;
}

export interface SearchableEntry extends PaletteEntry {
  /** Lower-case words and pinyin initials to look in. */
  readonly hay: string;
}

export const readDocumentEntries = async (
  workspace: OpenedWorkspace,
  go: (path: string) => void,
): Promise<readonly PaletteEntry[]> => {
  const at = `/${workspace.id}`;
  const read = async (path: string, list: (doc: ReturnType<OpenedWorkspace['open']>['doc']) => PaletteEntry[]) => {
    if (workspace.accessTo(path) === 'none') return [];
    const opened = workspace.open(path);
    await opened.loaded;
    const entries = list(opened.doc);
    opened.close();
    return entries;
  };
  const lists = await Promise.all([
    read('settings', (doc) =>
      readCampaignList(doc)
        .campaigns.filter(({ archived }) => !archived)
        .map(({ id, title }) => ({ id, kind: 'campaigns', label: title, run: () => go(`${at}/campaigns/${id}`) })),
    ),
    read('catalogue', (doc) =>
      readCatalogue(doc).products.map(({ id, name, category }) => ({
        id,
        kind: 'products',
        label: name,
        note: category,
        run: () => go(`${at}/catalogue?product=${encodeURIComponent(id)}`),
      })),
    ),
    read('library', (doc) =>
      readLibrary(doc)
        .clips.filter(({ isArchived }) => !isArchived)
        .map(({ id, title, tags }) => ({
          id,
          kind: 'clips',
          label: title,
          note: tags[0],
          run: () => go(`${at}/library?clip=${encodeURIComponent(id)}`),
        })),
    ),
  ]);
  return lists.flat();
};

/** Adds pinyin initials to Chinese labels; the dictionary is fetched the first time it is needed. */
export const makeSearchable = async (entries: readonly PaletteEntry[]): Promise<readonly SearchableEntry[]> => {
  const { pinyin } = await import('pinyin-pro');
  return entries.map((entry) => {
    const words = `${entry.label} ${entry.note ?? ''}`.toLowerCase();
    const isHan = /\p{Script=Han}/u.test(entry.label);
    const initials = isHan ? pinyin(entry.label, { pattern: 'first', toneType: 'none', type: 'array' }).join('') : '';
    const whole = isHan ? pinyin(entry.label, { toneType: 'none', type: 'array' }).join('') : '';
    return { ...entry, hay: `${words} ${initials.toLowerCase()} ${whole.toLowerCase()}` };
  });
};

/** Every word must be found; those whose label begins with the first come first. */
export const findEntries = (
  entries: readonly SearchableEntry[],
  query: string,
  limit: number,
): readonly SearchableEntry[] => {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return entries.filter(({ kind }) => kind === 'screens' || kind === 'actions').slice(0, limit);
  const first = words[0] ?? '';
  return entries
    .filter(({ hay }) => words.every((word) => hay.includes(word)))
    .sort(
      (a, b) => Number(b.hay.startsWith(first)) - Number(a.hay.startsWith(first)) || a.label.length - b.label.length,
    )
    .slice(0, limit);
};
