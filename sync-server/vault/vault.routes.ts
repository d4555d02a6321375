/** Contact details of a workspace, for owner and operator: taken from an import, and shown when somebody asks. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { hashKey } from '#core/intake/hash-key.ts';
import { ok } from '#core/result.ts';
import { isCustomerId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Role } from '#core/units/role.ts';
import type { Access } from '#sync-server/access/access.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { Contact, ContactVault } from './contact-vault.ts';
import type { ErasureList } from './erasure-list.ts';

export interface VaultRoutesDeps {
  readonly access: Pick<Access, 'audit'>;
  readonly vault: ContactVault;
  readonly list: ErasureList;
  platformOf(workspace: string): Promise<Platform>;
}

const holders: readonly Role[] = ['owner', 'operator'];
const customerSchema = v.pipe(v.string(), v.check(isCustomerId));
const keepSchema = v.object({
  contacts: v.pipe(
    v.array(
      v.object({
        customer: customerSchema,
        kind: v.picklist(['phone', 'email']),
        clear: v.pipe(v.string(), v.minLength(3), v.maxLength(200)),
      }),
    ),
    v.maxLength(2000),
  ),
});
const showSchema = v.object({
  customers: v.pipe(v.array(customerSchema), v.minLength(1), v.maxLength(200)),
  purpose: v.optional(v.picklist(['show', 'export']), 'show'),
});
const mostBytes = 1_000_000;

export const createVaultRoutes = (deps: VaultRoutesDeps): RouteModule => {
  const { access, vault } = deps;
  const routes = new Hono<RequestContext>();

  routes.put('/api/workspaces/:workspace/contacts', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), holders);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, keepSchema);
    if (!body.ok) return answer(body);
    const { workspace } = member.value;
    const welcome = await withoutErased(deps, workspace, body.value.contacts);
    const kept = await vault.keep(workspace, welcome);
    return context.json({ kept, erased: body.value.contacts.length - welcome.length });
  });

  /** A POST, because it leaves a line in the audit log. */
  routes.post('/api/workspaces/:workspace/contacts/show', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), holders);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, showSchema);
    if (!body.ok) return answer(body);
    const { workspace } = member.value;
    const { customers, purpose } = body.value;
    // Written down before it is shown.
    await access.audit(workspace, {
      kind: purpose === 'show' ? 'contact-shown' : 'customer-exported',
      member: session?.member.id ?? '',
      detail: customers[0] ?? '',
    });
    return answer(ok(await vault.read(workspace, customers)));
  });

  return { routes, bodyLimits: [{ path: /^\/api\/workspaces\/[^/]+\/contacts$/, bytes: mostBytes }] };
};

/** Details of erased people do not come back in, under whichever customer id. */
const withoutErased = async (
  { list, platformOf }: VaultRoutesDeps,
  workspace: string,
  contacts: readonly Contact[],
): Promise<readonly Contact[]> => {
  const { customers, keys } = await list.read(workspace);
  if (customers.size === 0) return contacts;
  const platform = await platformOf(workspace);
  const welcome: Contact[] = [];
  for (const contact of contacts) {
    const key = await hashKey(platform, { kind: contact.kind, key: contact.clear });
    if (!customers.has(contact.customer) && !keys.has(key)) welcome.push(contact);
  }
  return welcome;
};
