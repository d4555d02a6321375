/**
 * What one file of a workspace holds for a member, and what their role keeps out of it: only documents one may open go
 * in.
 */
import type { Access } from './rooms.ts';

const paths = {
  catalogue: 'catalogue',
  campaigns: 'campaign/any',
  shows: 'show/any',
  segments: 'segments',
  journeys: 'journeys',
  library: 'library',
  orders: 'facts/orders/2026-01',
  customers: 'facts/identity/2026-01',
} as const;

export type ExportedPart = keyof typeof paths;

export interface ExportedParts {
  readonly inside: readonly ExportedPart[];
  readonly outside: readonly ExportedPart[];
}

export const exportedParts = (accessTo: (path: string) => Access): ExportedParts => {
  const parts = Object.keys(paths) as ExportedPart[];
  const isInside = (part: ExportedPart): boolean => accessTo(paths[part]) !== 'none';
  return { inside: parts.filter(isInside), outside: parts.filter((part) => !isInside(part)) };
};
