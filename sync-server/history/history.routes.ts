/** The history of a document over HTTP: its versions and who changed what, naming, opening, removing, restoring. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { type Result, fail, ok } from '#core/result.ts';
import { keyOfObject, objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { readLabels } from '#core/workspace/history/compare-version.doc.ts';
import type { Author } from '#core/workspace/history/version.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import { requireRoom } from '#sync-server/access/require-room.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { createId } from '#sync-server/access/secrets.ts';
import { type RoleFailure, type Session, requireRole } from '#sync-server/access/session.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import { type RestoreDeps, restoreVersion } from './restore-version.ts';

export interface HistoryRoutesDeps extends RestoreDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change'>;
}

const pathSchema = v.pipe(v.string(), v.maxLength(120));
const nameSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  paths: v.pipe(v.array(pathSchema), v.minLength(1), v.maxLength(4)),
});
const idSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const restoreSchema = v.object({
  version: idSchema,
  objects: v.pipe(
    v.array(
      v.object({
        path: pathSchema,
        collection: v.pipe(v.string(), v.maxLength(120)),
        id: v.pipe(v.string(), v.maxLength(120)),
      }),
    ),
    v.minLength(1),
    v.maxLength(20_000),
  ),
});
const rooms = '/api/workspaces/:workspace/rooms/:path{.+}';
const mostRestoreBytes = 4 * 1024 * 1024;

export const createHistoryRoutes = (deps: HistoryRoutesDeps): RouteModule => {
  const { versions, journal, nowMs } = deps;
  const routes = new Hono<RequestContext>();

  routes.get(`${rooms}/history`, async (context) => {
    const { workspace, path } = context.req.param();
    const room = historicRoom(context.var.session, workspace, path, 'read');
    if (!room.ok) return context.var.answer(room);
    const changes = await journal.list(room.value);
    const kinds = objectKindsOf(path);
    const known = kinds ? await deps.rooms.read(room.value, (doc) => readLabels(doc, kinds)) : {};
    const gone = new Set(changes.flatMap(({ objects }) => objects.map(keyOfObject)).filter((key) => !(key in known)));
    const labels = await versions.labels(room.value, [...gone]);
    return context.json({ versions: await versions.list(room.value), changes, labels });
  });

  routes.get(`${rooms}/versions/:id`, async (context) => {
    const { workspace, path, id } = context.req.param();
    const room = historicRoom(context.var.session, workspace, path, 'read');
    if (!room.ok) return context.var.answer(room);
    const state = await versions.read(room.value, id);
    if (state === null) return context.var.refuse({ kind: 'unknown-version' });
    return context.body(new Uint8Array(state), 200, { 'Content-Type': 'application/octet-stream' });
  });

  routes.delete(`${rooms}/versions/:id`, async (context) => {
    const { workspace, path, id } = context.req.param();
    const { session, answer } = context.var;
    const member = requireRole(session, workspace, ['owner', 'operator']);
    if (!member.ok) return answer(member);
    const room = historicRoom(session, workspace, path, 'write');
    if (!room.ok) return answer(room);
    await versions.remove(room.value, id);
    return answer(ok({}));
  });

  routes.post('/api/workspaces/:workspace/versions', async (context) => {
    const { session, answer } = context.var;
    const body = await parseBody(context.req, nameSchema);
    if (!body.ok) return answer(body);
    const { name, paths } = body.value;
    const found = historicRooms(session, context.req.param('workspace'), paths);
    if (!found.ok) return answer(found);
    const version = { id: createId(), kind: 'named', name, atMs: nowMs(), member: authorOf(session) } as const;
    const kept = [];
    for (const room of found.value) kept.push(await versions.keep(room, version));
    // A plan may be named before its show has anything.
    return answer(kept.find(({ ok: isKept }) => isKept) ? ok(version) : (kept[0] ?? ok(version)));
  });

  routes.post('/api/workspaces/:workspace/restores', async (context) => {
    const { session, answer } = context.var;
    const body = await parseBody(context.req, restoreSchema);
    if (!body.ok) return answer(body);
    const workspace = context.req.param('workspace');
    const found = historicRooms(session, workspace, [...new Set(body.value.objects.map(({ path }) => path))]);
    if (!found.ok) return answer(found);
    return answer(await restoreVersion(deps, workspace, authorOf(session), body.value));
  });

  return { routes, bodyLimits: [{ path: /\/restores$/, bytes: mostRestoreBytes }] };
};

type RoomFailure = RoleFailure | { readonly kind: 'unknown-room' };

const historicRoom = (
  session: Session | null,
  workspace: string,
  path: string,
  wanted: 'read' | 'write',
): Result<string, RoomFailure> => {
  const room = requireRoom(session, workspace, path, wanted === 'read' ? ['read', 'write'] : ['write']);
  if (!room.ok) return room;
  return objectKindsOf(path) ? ok(`${workspace}/${path}`) : fail({ kind: 'unknown-room' });
};

/** All of them to write, or none. */
const historicRooms = (
  session: Session | null,
  workspace: string,
  paths: readonly string[],
): Result<readonly string[], RoomFailure> => {
  const found: string[] = [];
  for (const path of paths) {
    const room = historicRoom(session, workspace, path, 'write');
    if (!room.ok) return room;
    found.push(room.value);
  }
  return ok(found);
};

const authorOf = (session: Session | null): Author => ({
  id: session?.member.id ?? '',
  name: session?.member.name ?? '',
});
