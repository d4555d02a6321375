/**
 * Where given words stand in a shared document, whatever its shape: in texts people type together, and in plain values.
 * Reads and never writes. A place is the path of keys that leads there, in lists the position.
 */
import * as Y from 'yjs';

export interface FoundText {
  readonly place: string;
  /** The word with what stands around it. */
  readonly excerpt: string;
}

const around = 24;

/** One answer a place at most. Words of fewer than two characters find nothing: they would stand everywhere. */
export const findText = (doc: Y.Doc, words: readonly string[]): readonly FoundText[] => {
  const found: FoundText[] = [];
  const excerptOf = findWords(words);
  if (excerptOf === null) return found;
  const look = (text: string, place: string): void => {
    const excerpt = excerptOf(text);
    if (excerpt !== null) found.push({ place, excerpt });
  };
  for (const [name, type] of doc.share) walkType(type as unknown as SharedType, name, look);
  return found;
};

/** Looks into one text after another: the excerpt, or null where none of the words stands. Null when none is to be found. */
export const findWords = (words: readonly string[]): ((text: string) => string | null) | null => {
  const wanted = words.map((word) => word.trim().toLowerCase()).filter((word) => [...word].length > 1);
  if (wanted.length === 0) return null;
  return (text) => {
    const lower = text.toLowerCase();
    const word = wanted.find((one) => lower.includes(one));
    if (word === undefined) return null;
    const at = lower.indexOf(word);
    return text.slice(Math.max(0, at - around), at + word.length + around);
  };
};

type Look = (text: string, place: string) => void;
/** What every shared type is inside, before anybody has said whether it is a map, a list or a text. */
interface SharedType {
  readonly _start: Y.Item | null;
  readonly _map: ReadonlyMap<string, Y.Item>;
}

function walkType({ _start, _map }: SharedType, place: string, look: Look): void {
  let text = '';
  let position = 0;
  for (let item = _start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentString) text += item.content.str;
    else {
      walkContent(item.content, `${place}/${position}`, look);
      position += item.length;
    }
  }
  if (text !== '') look(text, place);
  for (const [key, item] of _map) if (!item.deleted) walkContent(item.content, `${place}/${key}`, look);
}

function walkContent(content: Y.Item['content'], place: string, look: Look): void {
  if (content instanceof Y.ContentType) walkType(content.type as unknown as SharedType, place, look);
  else if (content instanceof Y.ContentString) look(content.str, place);
  else if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON)
    for (const value of content.getContent()) walkValue(value, place, look);
}

function walkValue(value: unknown, place: string, look: Look): void {
  if (typeof value === 'string') look(value, place);
  else if (Array.isArray(value)) value.forEach((one, at) => walkValue(one, `${place}/${at}`, look));
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const [key, one] of Object.entries(value)) walkValue(one, `${place}/${key}`, look);
}
