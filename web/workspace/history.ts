/** What documents were, asked of the server: versions and who changed what, the state of one version, going back. */
import type { ObjectLabel } from '#core/workspace/history/compare-version.doc.ts';
import type { ObjectRef } from '#core/workspace/history/object-kinds.ts';
import type { Stretch, Version } from '#core/workspace/history/version.ts';
import * as Y from 'yjs';
import { type ServerAnswer, askServer } from './session.ts';

export interface DocumentHistory {
  readonly versions: readonly Version[];
  readonly changes: readonly Stretch[];
  /** Of objects that are gone, by `collection/id`. */
  readonly labels: Readonly<Record<string, ObjectLabel>>;
}

export interface ObjectInDocument extends ObjectRef {
  readonly path: string;
}

/** Screens of one thing: what it is called, and its documents. */
export interface HistorySubject {
  readonly title: string;
  readonly paths: readonly string[];
}

const openWithinMs = 30_000;

const addressOf = (workspace: string, path: string): string => `/api/workspaces/${workspace}/rooms/${path}`;

export const fetchHistory = (workspace: string, path: string): Promise<ServerAnswer<DocumentHistory>> =>
  askServer('GET', `${addressOf(workspace, path)}/history`);

export const nameVersion = (
  workspace: string,
  name: string,
  paths: readonly string[],
): Promise<ServerAnswer<Version>> => askServer('POST', `/api/workspaces/${workspace}/versions`, { name, paths });

export const removeVersion = (workspace: string, path: string, id: string): Promise<ServerAnswer<unknown>> =>
  askServer('DELETE', `${addressOf(workspace, path)}/versions/${id}`);

export const restoreObjects = (
  workspace: string,
  version: string,
  objects: readonly ObjectInDocument[],
): Promise<ServerAnswer<{ readonly before: string; readonly objects: readonly ObjectInDocument[] }>> =>
  askServer('POST', `/api/workspaces/${workspace}/restores`, { version, objects });

/** The document as it was; null when the server has none of that id. */
export const openVersion = async (workspace: string, path: string, id: string): Promise<ServerAnswer<Y.Doc | null>> => {
  const response = await fetch(`${addressOf(workspace, path)}/versions/${id}`, {
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(openWithinMs),
  }).catch(() => null);
  if (response?.status === 404) return { ok: true, value: null };
  // A network may go away in the middle of an answer.
  const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
  if (bytes === null) return { ok: false, error: { kind: 'unreachable' } };
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(bytes));
  return { ok: true, value: doc };
};
