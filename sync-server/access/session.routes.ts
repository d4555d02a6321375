/** Signing in and out: the claim, invitations' other end, the demo's open door. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { fail, ok } from '#core/result.ts';
import { roles } from '#core/units/role.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import type { Access, OpenedSession } from './access.ts';
import type { Attempts } from './attempts.ts';
import { cookieNameOf, readCookie, writeCookie } from './cookie.ts';
import { brandSchema, nameSchema, parseBody, tokenSchema } from './parse-body.ts';
import type { RequestContext } from './request-context.ts';
import type { RouteModule } from './route-module.ts';
import { addPasskeyRoutes } from './add-passkey-routes.ts';
import { type Session, requireRole } from './session.ts';

export interface SessionRoutesDeps {
  readonly access: Access;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly attempts: Attempts;
  /** Where tablets begin, and where other devices open Larder; null without a local network. */
  network(): { readonly trustAddress: string | null; readonly origin: string } | null;
  nowMs(): number;
}

const claimSchema = v.object({ claim: tokenSchema, name: nameSchema, brand: brandSchema });
const redeemSchema = v.object({
  token: tokenSchema,
  name: nameSchema,
  as: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64))), null),
});
const lookSchema = v.object({ token: tokenSchema });
const connectingSchema = v.object({
  /** As browsers name them; ids of this server's own making look otherwise. */
  id: v.pipe(v.string(), v.regex(/^w-[a-z0-9-]{1,38}$/)),
  brand: brandSchema,
  name: nameSchema,
  identitySecret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/)),
  claim: v.nullable(tokenSchema),
});
const demoSchema = v.object({ role: v.picklist(roles), name: v.optional(nameSchema, 'Demo') });

export const createSessionRoutes = (deps: SessionRoutesDeps): RouteModule => {
  const { access, attempts, nowMs } = deps;
  const routes = new Hono<RequestContext>();

  routes.get('/api/session', async (context) => {
    const { session, isLoopback, origin } = context.var;
    if (session) setCookie(context, origin, { token: await renewed(access, context.req.header('cookie'), origin) });
    const demo = isLoopback ? (await access.listWorkspaces()).find(({ isDemo }) => isDemo) : undefined;
    return context.json({
      ...describe(session),
      serverMs: nowMs(),
      isClaimed: await access.isClaimed(),
      network: session ? deps.network() : null,
      demo: demo ? { id: demo.id, brand: demo.brand, ...(demo.counts ?? { customers: 0, orders: 0 }) } : null,
    });
  });

  routes.post('/api/session/end', async (context) => {
    const { session, origin } = context.var;
    if (session) await access.endSession(session.id);
    context.header('Set-Cookie', writeCookie(origin, ''));
    return context.json({});
  });

  routes.post('/api/claim', async (context) => {
    const { session, address, origin, answer, refuse } = context.var;
    if (!(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    const body = await parseBody(context.req, claimSchema);
    if (!body.ok) return answer(body);
    const opened = await access.redeemClaim(body.value.claim, body.value.name, body.value.brand, session);
    if (!opened.ok) return answer(opened);
    setCookie(context, origin, opened.value);
    return context.json(describe(opened.value.session));
  });

  routes.post('/api/invitations/look', async (context) => {
    const { session, address, answer, refuse } = context.var;
    if (!(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    const body = await parseBody(context.req, lookSchema);
    return answer(body.ok ? await access.lookAtInvitation(body.value.token, session) : body);
  });

  routes.post('/api/invitations/redeem', async (context) => {
    const { session, address, origin, answer, refuse } = context.var;
    if (!(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    const body = await parseBody(context.req, redeemSchema);
    if (!body.ok) return answer(body);
    const { token, name, as } = body.value;
    const opened = await access.redeemInvitation(token, name, session, as);
    if (!opened.ok) return answer(opened);
    setCookie(context, origin, opened.value);
    return context.json({ ...describe(opened.value.session), workspace: opened.value.workspace });
  });

  addDemoRoutes(routes, deps);
  addConnectingRoutes(routes, deps);
  addPasskeyRoutes(routes, deps);
  return { routes };
};

const addDemoRoutes = (routes: Hono<RequestContext>, { access, storage }: SessionRoutesDeps): void => {
  routes.post('/api/demo/enter', async (context) => {
    const { session, isLoopback, origin, answer, refuse } = context.var;
    if (!isLoopback) return refuse({ kind: 'loopback-only' });
    const body = await parseBody(context.req, demoSchema);
    if (!body.ok) return answer(body);
    const opened = await access.enterDemo(body.value.role, body.value.name, session);
    if (!opened.ok) return answer(opened);
    setCookie(context, origin, opened.value);
    return context.json(describe(opened.value.session));
  });

  routes.delete('/api/demo', async (context) => {
    const { session, isLoopback, answer, refuse } = context.var;
    const demo = (await access.listWorkspaces()).find(({ isDemo }) => isDemo);
    if (!demo) return refuse({ kind: 'not-found' });
    const owns = session?.memberships.some(({ role }) => role === 'owner') ?? false;
    if (!isLoopback || !owns) {
      const allowed = requireRole(session, demo.id, ['owner']);
      return answer(allowed.ok ? fail({ kind: 'loopback-only' }) : allowed);
    }
    await access.removeWorkspace(demo.id);
    await storage.log.removeWorkspace(demo.id);
    await storage.blobs.removeWorkspace(demo.id);
    for (const { workspace, role } of session?.memberships ?? [])
      if (workspace !== demo.id && role === 'owner')
        await access.audit(workspace, { kind: 'demo-removed', member: session?.member.id ?? '' });
    return answer(ok({}));
  });
};

/** Beginning, and giving up, to take in a workspace that lived in one browser; between them see `connecting/`. */
const addConnectingRoutes = (routes: Hono<RequestContext>, { access, storage, attempts }: SessionRoutesDeps): void => {
  routes.post('/api/connecting', async (context) => {
    const { session, address, origin, answer, refuse } = context.var;
    const body = await parseBody(context.req, connectingSchema);
    if (!body.ok) return answer(body);
    if (body.value.claim !== null && !(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    const opened = await access.takeIn(body.value, session);
    if (!opened.ok) return answer(opened);
    setCookie(context, origin, opened.value);
    return context.json({ member: opened.value.session.member.id });
  });

  routes.delete('/api/connecting/:workspace', async (context) => {
    const { session, answer } = context.var;
    const workspace = context.req.param('workspace');
    const owner = requireRole(session, workspace, ['owner']);
    if (!owner.ok) return answer(owner);
    if (!(await access.giveUp(workspace))) return answer(fail({ kind: 'not-allowed' }));
    await storage.log.removeWorkspace(workspace);
    await storage.blobs.removeWorkspace(workspace);
    return answer(ok({}));
  });
};

/** A token that is a day old is replaced whenever a page asks who is signed in. */
const renewed = async (access: Access, cookie: string | undefined, origin: string): Promise<string | null> => {
  const token = readCookie(cookie ?? '', cookieNameOf(origin));
  return token && access.renewSession(token);
};

const describe = (session: Session | null): object => ({
  member: session ? session.member : null,
  workspaces: (session?.memberships ?? [])
    .filter(({ isConnecting }) => !isConnecting)
    .map(({ workspace, brand, name, role, isDemo }) => ({ id: workspace, brand, name, role, isDemo })),
});

const setCookie = (
  context: { header(name: string, value: string): void },
  origin: string,
  { token }: Pick<OpenedSession, 'token'>,
): void => {
  if (token) context.header('Set-Cookie', writeCookie(origin, token));
};
