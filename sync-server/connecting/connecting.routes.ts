/** What arrives of a workspace that lived in one browser, and the comparison at the end. */
import { Hono } from 'hono';
import * as v from 'valibot';
import * as Y from 'yjs';
import { mostPackedBytes } from '#core/datasets/manifest-record.ts';
import { writeErasureCount } from '#core/datasets/manifest.doc.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { hexFromBytes, isCustomerId, isSlug } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { documentFingerprint } from '#core/workspace/fingerprint.doc.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import type { Access } from '#sync-server/access/access.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole, type Session } from '#sync-server/access/session.ts';
import { roomLimits } from '#sync-server/rooms/limits.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import { isBlobHash } from '#sync-server/storage/blob-name.ts';
import type { Blobs } from '#sync-server/storage/storage.ts';
import type { ErasureList } from '#sync-server/vault/erasure-list.ts';

export interface ConnectingRoutesDeps {
  readonly access: Pick<Access, 'settleIn'>;
  readonly rooms: Pick<Rooms, 'change' | 'read'>;
  readonly blobs: Pick<Blobs, 'read'>;
  readonly list: ErasureList;
  readonly platform: Pick<Platform, 'inflate' | 'sha256'>;
}

const mostListBytes = 8 * 1024 * 1024;
const { documentBytes } = roomLimits.limits;
const base = '/api/workspaces/:workspace/connecting';

const hashSchema = v.pipe(v.string(), v.check(isBlobHash));
const erasuresSchema = v.object({
  erasures: v.array(
    v.object({
      id: v.pipe(v.string(), v.check(isSlug)),
      atMs: v.pipe(v.number(), v.safeInteger()),
      customers: v.array(v.pipe(v.string(), v.check(isCustomerId))),
      keys: v.array(v.pipe(v.string(), v.maxLength(128))),
    }),
  ),
});
const settleSchema = v.object({
  documents: v.array(v.object({ path: v.pipe(v.string(), v.maxLength(120)), fingerprint: hashSchema })),
  blobs: v.array(hashSchema),
  /** The device has noted that the answer may be lost, and that there is no way back then. */
  isFinal: v.boolean(),
});

export const createConnectingRoutes = (deps: ConnectingRoutesDeps): RouteModule => {
  const { access, rooms, list } = deps;
  const routes = new Hono<RequestContext>();

  routes.put(`${base}/documents/:path{.+}`, async (context) => {
    const { session, answer, refuse } = context.var;
    const { workspace, path } = context.req.param();
    const arriving = arrivingFor(session, workspace);
    if (!arriving.ok) return answer(arriving);
    const room = parseRoomName(`${workspace}/${path}`);
    if (!room.ok || path === 'facts-index') return refuse({ kind: 'unknown-room' });
    const update = new Uint8Array(await context.req.arrayBuffer());
    if (!isUpdate(update)) return refuse({ kind: 'bad-request' });
    await rooms.change(`${workspace}/${path}`, 'connect', (doc) => Y.applyUpdate(doc, update, 'connect'));
    return answer(ok({}));
  });

  routes.put(`${base}/erasures`, async (context) => {
    const { session, answer } = context.var;
    const arriving = arrivingFor(session, context.req.param('workspace'));
    if (!arriving.ok) return answer(arriving);
    const body = await parseBody(context.req, erasuresSchema);
    if (!body.ok) return answer(body);
    const { workspace, member } = arriving.value;
    for (const erasure of body.value.erasures) await list.put(workspace, { ...erasure, member, isRunning: false });
    const count = (await list.read(workspace)).erasures.length;
    await rooms.change(`${workspace}/facts-index`, 'connect', (doc) => writeErasureCount(doc, count));
    return answer(ok({}));
  });

  routes.post(`${base}/settle`, async (context) => {
    const { session, answer } = context.var;
    const arriving = arrivingFor(session, context.req.param('workspace'));
    if (!arriving.ok) return answer(arriving);
    const body = await parseBody(context.req, settleSchema);
    if (!body.ok) return answer(body);
    const { workspace, member } = arriving.value;
    const different = await findDifferent(deps, workspace, body.value.documents);
    const missing = await findMissing(deps, workspace, body.value.blobs);
    const isSettled = body.value.isFinal && different.length + missing.length === 0;
    if (isSettled) await access.settleIn(workspace, member);
    return context.json({ isSettled, different, missing });
  });

  return {
    routes,
    bodyLimits: [
      { path: /\/connecting\/documents\//, bytes: documentBytes },
      { path: /\/connecting\/(erasures|settle)$/, bytes: mostListBytes },
    ],
  };
};

type Refusal = { readonly kind: 'signed-out' | 'unknown-workspace' | 'not-allowed' };

const arrivingFor = (
  session: Session | null,
  workspace: string,
): Result<{ readonly workspace: string; readonly member: string }, Refusal> => {
  const owner = requireRole(session, workspace, ['owner']);
  if (!owner.ok) return owner;
  return owner.value.isConnecting ? ok({ workspace, member: session?.member.id ?? '' }) : fail({ kind: 'not-allowed' });
};

const isUpdate = (bytes: Uint8Array): boolean => {
  try {
    Y.decodeUpdate(bytes);
    return true;
  } catch {
    return false;
  }
};

const findDifferent = async (
  { rooms, platform }: ConnectingRoutesDeps,
  workspace: string,
  documents: readonly { readonly path: string; readonly fingerprint: string }[],
): Promise<readonly string[]> => {
  const different: string[] = [];
  for (const { path, fingerprint } of documents) {
    const name = `${workspace}/${path}`;
    const isSame =
      parseRoomName(name).ok && (await rooms.read(name, (doc) => documentFingerprint(doc, platform))) === fingerprint;
    if (!isSame) different.push(path);
  }
  return different;
};

const findMissing = async (
  { blobs, platform }: ConnectingRoutesDeps,
  workspace: string,
  hashes: readonly string[],
): Promise<readonly string[]> => {
  const missing: string[] = [];
  for (const hash of hashes) {
    const stored = await blobs.read(workspace, hash);
    const packed = stored && (await platform.inflate(stored, mostPackedBytes).catch(() => null));
    if (!packed || hexFromBytes(await platform.sha256(packed)) !== hash) missing.push(hash);
  }
  return missing;
};
