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
  const wanted = words.map((word) => word.trim().toLowerCase()).filter((word) => [...word].length > 1);
  const found: FoundText[] = [];
  if (wanted.length === 0) return found;
  const look = (text: string, place: string): void => {
    const lower = text.toLowerCase();
    const word = wanted.find((one) => lower.includes(one));
    if (word === undefined) return;
    const at = lower.indexOf(word);
    found.push({ place, excerpt: text.slice(Math.max(0, at - around), at + word.length + around) });
  };
  for (const [name, type] of doc.share) walkType(type as unknown as SharedType, name, look);
  return found;
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
