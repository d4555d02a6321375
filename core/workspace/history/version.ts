/** What is told of a document's history, between server and browser. */
import type { TouchedObject } from './touched-objects.doc.ts';

export interface Author {
  readonly id: string;
  readonly name: string;
}

export interface Version {
  readonly id: string;
  readonly kind: 'named' | 'day' | 'on-air' | 'off-air' | 'before-restore';
  /** Empty unless a member named it. */
  readonly name: string;
  readonly atMs: number;
  /** Null: kept by the server. */
  readonly member: Author | null;
}

/** What one member did in one go. */
export interface Stretch {
  readonly kind: 'edit' | 'restore';
  readonly member: Author;
  readonly atMs: number;
  readonly untilMs: number;
  readonly objects: readonly TouchedObject[];
  /** Of a restore: the id of what was restored, and of the version kept just before. */
  readonly version?: string;
  readonly before?: string;
}
