/** What devices tell of themselves for the audit log: that data left as a file. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { ok } from '#core/result.ts';
import { roles } from '#core/units/role.ts';
import type { Access } from './access.ts';
import { parseBody } from './parse-body.ts';
import type { RequestContext } from './request-context.ts';
import type { RouteModule } from './route-module.ts';
import { requireRole } from './session.ts';

const exportSchema = v.object({ what: v.picklist(['customers', 'follow-ups', 'workspace', 'audit']) });

export const createAuditRoutes = ({ access }: { readonly access: Pick<Access, 'audit'> }): RouteModule => {
  const routes = new Hono<RequestContext>();

  routes.post('/api/workspaces/:workspace/exports', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), roles);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, exportSchema);
    if (!body.ok) return answer(body);
    const entry = { kind: 'exported', member: session?.member.id ?? '', detail: body.value.what };
    await access.audit(member.value.workspace, entry);
    return answer(ok({}));
  });

  return { routes };
};
