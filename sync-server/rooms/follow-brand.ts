/**
 * What a workspace is called stands in its settings, where people rename it, offline too. The server's own record, which
 * sessions and invitations tell, follows: after each durable change of the settings, and once at the start for what a
 * crash left behind.
 */
import { readBrand } from '#core/workspace/brand.doc.ts';
import type { Access } from '#sync-server/access/access.ts';
import type { Rooms } from './rooms.ts';

export interface FollowBrandDeps {
  readonly rooms: Pick<Rooms, 'read' | 'watchNames'>;
  readonly access: Pick<Access, 'renameWorkspace'>;
  /** A name typed letter by letter is taken once. */
  readonly delayMs: number;
  report(kind: string, detail: string): void;
}

export interface FollowBrand {
  open(workspaces: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const path = '/settings';

export const createFollowBrand = ({ rooms, access, delayMs, report }: FollowBrandDeps): FollowBrand => {
  const timers = new Map<string, NodeJS.Timeout>();
  const follow = async (workspace: string): Promise<void> => {
    clearTimeout(timers.get(workspace));
    timers.delete(workspace);
    try {
      const brand = await rooms.read(`${workspace}${path}`, readBrand);
      if (brand !== '') await access.renameWorkspace(workspace, brand);
    } catch (error) {
      report('brand-not-followed', `${workspace}: ${String(error)}`);
    }
  };
  const stopWatching = rooms.watchNames((room) => {
    if (!room.endsWith(path)) return;
    const workspace = room.slice(0, -path.length);
    if (timers.has(workspace)) return;
    timers.set(
      workspace,
      setTimeout(() => void follow(workspace), delayMs),
    );
  });
  return {
    open: async (workspaces) => {
      for (const workspace of workspaces) await follow(workspace);
    },
    close: async () => {
      stopWatching();
      for (const workspace of timers.keys()) await follow(workspace);
    },
  };
};
