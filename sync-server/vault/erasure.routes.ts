/** The right to be forgotten, for owner and operator: erasing one person, the list for their devices, looking again. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { type CustomerId, isCustomerId } from '#core/units/ids.ts';
import type { Role } from '#core/units/role.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { Eraser } from './eraser.ts';
import type { ErasureList } from './erasure-list.ts';

export interface ErasureRoutesDeps {
  readonly eraser: Pick<Eraser, 'erase' | 'search'>;
  readonly list: ErasureList;
}

const holders: readonly Role[] = ['owner', 'operator'];
const eraseSchema = v.object({ customer: v.pipe(v.string(), v.check(isCustomerId)) });
const searchSchema = v.object({ words: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(50)) });

export const createErasureRoutes = ({ eraser, list }: ErasureRoutesDeps): RouteModule => {
  const routes = new Hono<RequestContext>();

  routes.post('/api/workspaces/:workspace/erasures', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), holders);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, eraseSchema);
    if (!body.ok) return answer(body);
    const { workspace } = member.value;
    return context.json(await eraser.erase(workspace, body.value.customer as CustomerId, session?.member.id ?? ''));
  });

  routes.get('/api/workspaces/:workspace/erasures', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), holders);
    if (!member.ok) return context.var.answer(member);
    const { erasures } = await list.read(member.value.workspace);
    return context.json({ erasures: erasures.map(({ id, atMs, customers, keys }) => ({ id, atMs, customers, keys })) });
  });

  /** After somebody has cleaned what was found: what is left, and their earlier wording leaves the log too. */
  routes.post('/api/workspaces/:workspace/erasures/search', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), holders);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, searchSchema);
    if (!body.ok) return answer(body);
    return context.json({ texts: await eraser.search(member.value.workspace, body.value.words) });
  });

  return { routes };
};
