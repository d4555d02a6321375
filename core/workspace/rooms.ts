/**
 * The list of shared documents and who may read or write each. One document is one set of writers, because Yjs
 * permissions are per document. Source: the sync contract, section 2. A room name is `<workspace>/<kind>[/<id>]`,
 * each part `[a-z0-9-]{1,40}`; datasets are `<workspace>/facts/<dataset>/<yyyy-mm>`.
 */
import { type Result, fail, ok } from '../result.ts';
import { isSlug } from '../units/ids.ts';
import type { Role } from '../units/role.ts';

export type Access = 'write' | 'read' | 'none';

export interface RoomKind {
  /** The path after the workspace, with `*` for one id: `campaign/*`. */
  readonly path: string;
  readonly access: Readonly<Record<Role, Access>>;
}

export const roomKinds: readonly RoomKind[] = [
  kind('settings', 'w', 'r', 'r', 'r', 'r'),
  kind('catalogue', 'w', 'r', 'r', 'r', 'r'),
  kind('segments', 'w', '-', 'r', '-', 'r'),
  kind('journeys', 'w', '-', 'r', '-', 'r'),
  kind('campaign/*', 'w', 'r', 'w', 'r', 'r'),
  kind('show/*', 'w', 'w', 'w', 'r', 'r'),
  kind('broadcast/*', 'r', 'r', 'r', 'r', 'r'),
  kind('library', 'w', 'r', 'w', '-', 'r'),
  kind('facts-index', 'r', '-', 'r', 'r', 'r'),
  kind('facts/orders/*', 'w', '-', 'r', '-', 'r'),
  kind('facts/behaviour/*', 'w', '-', 'r', '-', 'r'),
  kind('facts/touches/*', 'w', '-', 'r', '-', 'r'),
  kind('facts/outcomes/*', 'w', '-', 'r', '-', 'r'),
  kind('facts/decisions/*', 'w', '-', 'w', '-', 'r'),
  kind('facts/identity/*', 'w', '-', '-', '-', '-'),
  kind('facts/profile/*', 'w', '-', '-', '-', '-'),
  kind('facts/stock/*', 'w', '-', 'r', 'w', 'r'),
];

export interface RoomName {
  readonly workspace: string;
  /** The path after the workspace, as given: `campaign/c1`. */
  readonly path: string;
  readonly kind: RoomKind;
}

/** Parses a room name; anything that is not in the table is `unknown-room`. */
export const parseRoomName = (name: string): Result<RoomName, { kind: 'unknown-room' }> => {
  const [workspace, ...parts] = name.split('/');
  if (workspace === undefined || !isSlug(workspace) || !parts.every(isSlug)) return fail({ kind: 'unknown-room' });
  const found = roomKinds.find((candidate) => matchesPath(candidate.path, parts));
  return found ? ok({ workspace, path: parts.join('/'), kind: found }) : fail({ kind: 'unknown-room' });
};

/** Of a room's name, or of a record's key: both begin with their workspace. */
export const workspaceOf = (name: string): string => name.slice(0, name.indexOf('/'));

export const pathOfRoom = (name: string): string => name.slice(name.indexOf('/') + 1);

export const accessOf = (room: RoomName, role: Role): Access => room.kind.access[role];

function kind(
  path: string,
  ownerAndOperator: string,
  host: string,
  assistant: string,
  stockkeeper: string,
  observer: string,
): RoomKind {
  return {
    path,
    access: {
      owner: access(ownerAndOperator),
      operator: access(ownerAndOperator),
      host: access(host),
      assistant: access(assistant),
      stockkeeper: access(stockkeeper),
      observer: access(observer),
    },
  };
}

function access(letter: string): Access {
  return letter === 'w' ? 'write' : letter === 'r' ? 'read' : 'none';
}

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

function matchesPath(pattern: string, parts: readonly string[]): boolean {
  const wanted = pattern.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, at) => {
      const given = parts[at] ?? '';
      return part === '*' ? wanted[0] !== 'facts' || monthPattern.test(given) : part === given;
    })
  );
}
