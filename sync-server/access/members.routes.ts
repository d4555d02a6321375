/** Members, invitations and the identity secret of one workspace. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { type Result, fail, ok } from '#core/result.ts';
import { type Role, roles } from '#core/units/role.ts';
import type { Access, Actor } from './access.ts';
import { nameSchema, parseBody } from './parse-body.ts';
import type { RequestContext, RequestVariables } from './request-context.ts';
import type { RouteModule } from './route-module.ts';
import { type RoleFailure, type Session, requireRole } from './session.ts';

const managers: readonly Role[] = ['owner', 'operator'];

const inviteSchema = v.object({
  role: v.picklist(roles),
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)), 7),
  uses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 1),
});
const changeSchema = v.object({ name: v.optional(nameSchema), role: v.optional(v.picklist(roles)) });

export interface MemberRoutesDeps {
  readonly access: Access;
  /** Where other devices open Larder; null when it is the address that was asked. */
  networkOrigin(): string | null;
}

export const createMemberRoutes = ({ access, networkOrigin }: MemberRoutesDeps): RouteModule => {
  const routes = new Hono<RequestContext>();

  routes.get('/api/workspaces/:workspace/members', async (context) => {
    const by = actorOf(context.var.session, context.req.param('workspace'), roles);
    if (!by.ok) return context.var.answer(by);
    const members = await access.listMembers(by.value.workspace);
    return context.json({ members: members.map(({ id, name, role, joinedMs }) => ({ id, name, role, joinedMs })) });
  });

  routes.patch('/api/workspaces/:workspace/members/:member', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), roles);
    if (!by.ok) return answer(by);
    const body = await parseBody(context.req, changeSchema);
    return answer(body.ok ? await access.changeMember(by.value, context.req.param('member'), body.value) : body);
  });

  routes.delete('/api/workspaces/:workspace/members/:member', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), roles);
    return answer(by.ok ? await access.removeMember(by.value, context.req.param('member')) : by);
  });

  routes.get('/api/workspaces/:workspace/invitations', async (context) => {
    const by = actorOf(context.var.session, context.req.param('workspace'), managers);
    if (!by.ok) return context.var.answer(by);
    return context.json({ invitations: await access.listInvitations(by.value.workspace) });
  });

  routes.post('/api/workspaces/:workspace/invitations', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), managers);
    if (!by.ok) return answer(by);
    const body = await parseBody(context.req, inviteSchema);
    if (!body.ok) return answer(body);
    const invited = await access.invite(by.value, body.value);
    if (!invited.ok) return answer(invited);
    const { token, id, role, expiresMs, usesLeft } = invited.value;
    const address = addressOf(token, context.var, networkOrigin);
    return context.json({ id, role, expiresMs, usesLeft, token, address });
  });

  routes.delete('/api/workspaces/:workspace/invitations/:invitation', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), managers);
    if (!by.ok) return answer(by);
    const { workspace, member } = by.value;
    const invitation = context.req.param('invitation');
    const removed = await access.removeInvitation(workspace, invitation);
    if (removed.ok) await access.audit(workspace, { kind: 'invitation-withdrawn', member, detail: invitation });
    return answer(removed);
  });

  routes.get('/api/workspaces/:workspace/identity-secret', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), managers);
    if (!by.ok) return answer(by);
    const workspace = await access.readWorkspace(by.value.workspace);
    return answer(workspace ? ok({ identitySecret: workspace.identitySecret }) : fail({ kind: 'unknown-workspace' }));
  });

  routes.get('/api/workspaces/:workspace/audit', async (context) => {
    const by = actorOf(context.var.session, context.req.param('workspace'), ['owner']);
    if (!by.ok) return context.var.answer(by);
    return context.json({ entries: await access.listAudit(by.value.workspace) });
  });

  addInviteBack(routes, { access, networkOrigin });
  addDevices(routes, access);
  return { routes };
};

const addInviteBack = (routes: Hono<RequestContext>, { access, networkOrigin }: MemberRoutesDeps): void => {
  routes.post('/api/workspaces/:workspace/members/:member/invite-back', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), ['owner']);
    if (!by.ok) return answer(by);
    const invited = await access.inviteBack(by.value, context.req.param('member'));
    if (!invited.ok) return answer(invited);
    const { token, id, expiresMs } = invited.value;
    return context.json({ id, expiresMs, token, address: addressOf(token, context.var, networkOrigin) });
  });
};

const addDevices = (routes: Hono<RequestContext>, access: Access): void => {
  routes.get('/api/workspaces/:workspace/members/:member/sessions', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), roles);
    const listed = by.ok ? await access.listSessions(by.value, context.req.param('member')) : by;
    if (!listed.ok) return answer(listed);
    return context.json({ sessions: listed.value.map((each) => ({ ...each, isThis: each.id === session?.id })) });
  });

  routes.delete('/api/workspaces/:workspace/members/:member/sessions/:session', async (context) => {
    const { session, answer } = context.var;
    const by = actorOf(session, context.req.param('workspace'), roles);
    if (!by.ok) return answer(by);
    return answer(await access.endSessionOf(by.value, context.req.param('member'), context.req.param('session')));
  });
};

/** The address of this very machine means nothing to whoever gets the link. */
const addressOf = (
  token: string,
  { origin, isLoopback }: Pick<RequestVariables, 'origin' | 'isLoopback'>,
  networkOrigin: MemberRoutesDeps['networkOrigin'],
): string => `${(isLoopback ? networkOrigin() : null) ?? origin}/join#invitation=${token}`;

const actorOf = (session: Session | null, workspace: string, allowed: readonly Role[]): Result<Actor, RoleFailure> => {
  const membership = requireRole(session, workspace, allowed);
  return membership.ok ? ok({ ...membership.value, member: session?.member.id ?? '' }) : membership;
};
