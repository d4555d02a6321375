/** Blobs of a facts room, by the hash of their packed bytes; the body is the deflated bytes. */
import { Hono } from 'hono';
import { mostPackedBytes } from '#core/datasets/manifest-record.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { hexFromBytes } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Access, RoomName } from '#core/workspace/rooms.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import { requireRoom } from '#sync-server/access/require-room.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import type { Session } from '#sync-server/access/session.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import { isBlobHash } from '#sync-server/storage/blob-name.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { partOf } from './part-of.ts';

export interface BlobRoutesDeps {
  readonly rooms: Pick<Rooms, 'read'>;
  readonly storage: Pick<Storage, 'blobs'>;
  readonly platform: Pick<Platform, 'inflate' | 'sha256'>;
  /** True when the chunk named an erased person: what else was in it has been kept under another hash. */
  screen?(room: string, hash: string, packed: Uint8Array): Promise<boolean>;
}

const mostStoredBytes = mostPackedBytes + 64 * 1024;
const route = '/api/workspaces/:workspace/rooms/:path{.+}/blobs/:hash';

export const createBlobRoutes = ({ rooms, storage: { blobs }, platform, screen }: BlobRoutesDeps): RouteModule => {
  const routes = new Hono<RequestContext>();

  routes.get(route, async (context) => {
    const { session, refuse } = context.var;
    const { workspace, path, hash } = context.req.param();
    const room = openableRoom(session, workspace, path, hash, ['read', 'write']);
    if (!room.ok) return refuse(room.error);
    const isNamed = await rooms.read(`${workspace}/${path}`, (doc) =>
      readManifest(doc).records.some((record) => record.hash === hash),
    );
    const bytes = isNamed ? await blobs.read(workspace, hash) : null;
    if (!bytes) return refuse({ kind: 'unknown-blob' });
    const etag = `"${await hashOf(platform, bytes)}"`;
    context.header('ETag', etag);
    context.header('Cache-Control', 'private, no-cache');
    if (context.req.header('if-none-match') === etag) return context.body(null, 304);
    const isSame = (context.req.header('if-range') ?? etag) === etag;
    const part = isSame ? partOf(context.req.header('range'), bytes.length) : null;
    if (part === 'outside') {
      const refusal = refuse({ kind: 'range-outside' });
      refusal.headers.set('Content-Range', `bytes */${bytes.length}`);
      return refusal;
    }
    context.header('Accept-Ranges', 'bytes');
    context.header('Content-Type', 'application/octet-stream');
    if (part === null) return context.body(new Uint8Array(bytes));
    context.header('Content-Range', `bytes ${part.first}-${part.last}/${bytes.length}`);
    return context.body(new Uint8Array(bytes.subarray(part.first, part.last + 1)), 206);
  });

  routes.put(route, async (context) => {
    const { session, refuse, answer } = context.var;
    const { workspace, path, hash } = context.req.param();
    const room = openableRoom(session, workspace, path, hash, ['write']);
    if (!room.ok) return refuse(room.error);
    const stored = new Uint8Array(await context.req.arrayBuffer());
    const packed = await platform.inflate(stored, mostPackedBytes).catch(() => null);
    if (!packed || (await hashOf(platform, packed)) !== hash) return refuse({ kind: 'hash-mismatch' });
    if (await screen?.(`${workspace}/${path}`, hash, packed))
      return answer(ok({ storedHash: await hashOf(platform, stored), storedBytes: stored.length }));
    const isStored = await blobs.write(workspace, hash, stored);
    const kept = isStored ? stored : await blobs.read(workspace, hash);
    return answer(ok({ storedHash: await hashOf(platform, kept ?? stored), storedBytes: (kept ?? stored).length }));
  });

  return { routes, bodyLimits: [{ path: /\/blobs\/[0-9a-f]{64}$/, bytes: mostStoredBytes }] };
};

const openableRoom = (
  session: Session | null,
  workspace: string,
  path: string,
  hash: string,
  wanted: readonly Access[],
): Result<RoomName, { readonly kind: string }> => {
  const room = requireRoom(session, workspace, path, wanted);
  if (room.ok && !path.startsWith('facts/')) return fail({ kind: 'unknown-room' });
  return room.ok && !isBlobHash(hash) ? fail({ kind: 'unknown-blob' }) : room;
};

const hashOf = async (platform: Pick<Platform, 'sha256'>, bytes: Uint8Array): Promise<string> =>
  hexFromBytes(await platform.sha256(bytes));
