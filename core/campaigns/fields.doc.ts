/**
 * How the documents of a campaign read single fields. Remote content may be anything: a field of the wrong kind reads
 * as absent, and the record's reader decides whether the record can stand without it. Nothing here writes on reading.
 */
import * as Y from 'yjs';

export type Entry = Y.Map<unknown>;

export const asEntry = (value: unknown): Entry | null => (value instanceof Y.Map ? (value as Entry) : null);

/** Text is `Y.Text`; a plain string is accepted from older or foreign writers. */
export const textIn = (entry: Entry, key: string): string => {
  const value = entry.get(key);
  return value instanceof Y.Text ? value.toString() : typeof value === 'string' ? value : '';
};

export const sharedTextIn = (entry: Entry | null, key: string): Y.Text | null => {
  const value = entry?.get(key);
  return value instanceof Y.Text ? value : null;
};

export const stringIn = (entry: Entry, key: string): string => {
  const value = entry.get(key);
  return typeof value === 'string' ? value : '';
};

export const numberIn = (entry: Entry, key: string): number | null => {
  const value = entry.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** `value` when it is one of `allowed`, else `fallback`: a state added by a newer version does not lose the record. */
export const oneOf = <Choice extends string, Fallback>(
  value: unknown,
  allowed: readonly Choice[],
  fallback: Fallback,
): Choice | Fallback => allowed.find((choice) => choice === value) ?? fallback;

export const newText = (content: string): Y.Text => new Y.Text(content);

/** Writes only what differs, so a replayed command leaves no trace in the document. */
export const setField = (entry: Entry, key: string, value: string | number | boolean | null): boolean => {
  if (entry.get(key) === value) return false;
  entry.set(key, value);
  return true;
};
