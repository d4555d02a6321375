/** What members hand to endpoints, message by message, and what was given up: for owner and operator. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Decision } from '#core/datasets/fact.ts';
import { bySender } from '#core/journeys/apply-mark.ts';
import { followUpRules } from '#core/journeys/decision-id.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { type CampaignId, type CustomerId, isCustomerId, isSlug } from '#core/units/ids.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import { type EndpointRouteDeps, addEndpointRoutes, seers } from './add-endpoint-routes.ts';
import type { Endpoint } from './endpoints.ts';
import { readMessage } from './messages.ts';
import type { Sender } from './sender.ts';
import type { SendWish } from './weigh-message.ts';

export interface SendingRouteDeps extends EndpointRouteDeps {
  readonly sender: Pick<Sender, 'accept' | 'retry' | 'stop'>;
}

export const mostMessages = 500;
const mostBytes = 2_000_000;

const shortText = v.pipe(v.string(), v.maxLength(200));
const whole = v.pipe(v.number(), v.safeInteger());
const batchSchema = v.object({
  endpoint: shortText,
  campaign: v.pipe(v.string(), v.check(isSlug)),
  /** Says what would become of them, and keeps nothing. */
  isTrial: v.optional(v.boolean(), false),
  decisions: v.pipe(
    v.array(
      v.object({
        decision: shortText,
        customer: v.pipe(v.string(), v.check(isCustomerId)),
        rule: v.picklist(followUpRules),
        ruleVersion: whole,
        asOfDay: whole,
        parameterVersion: whole,
        item: shortText,
        coupon: shortText,
        reason: v.pipe(v.string(), v.maxLength(500)),
        version: v.pipe(whole, v.minValue(1), v.maxValue(1_000_000)),
        text: v.pipe(v.string(), v.minLength(1), v.maxLength(10_000)),
        deadlineMs: whole,
      }),
    ),
    v.minLength(1),
    v.maxLength(mostMessages),
  ),
});
type Batch = v.InferOutput<typeof batchSchema>;

export const createSendingRoutes = (deps: SendingRouteDeps): RouteModule => {
  const { records, endpoints, sender, access } = deps;
  const routes = new Hono<RequestContext>();
  const base = '/api/workspaces/:workspace/sending';
  const handed = (by: string, { workspace, channel }: Endpoint, count: number): Promise<void> =>
    access.audit(workspace, { kind: 'messages-handed', member: by, detail: `${channel} ${count}` });

  addEndpointRoutes(routes, deps);

  routes.post(`${base}/batches`, async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), seers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, batchSchema);
    if (!body.ok) return answer(body);
    const wishes = wishesOf(body.value);
    if (!wishes.ok) return answer(wishes);
    const opened = await endpoints.open(member.value.workspace, body.value.endpoint);
    if (!opened) return answer(fail({ kind: 'not-found' }));
    if (opened.endpoint.state !== 'on') return answer(fail({ kind: 'endpoint-off' }));
    const { isTrial } = body.value;
    const fates = await sender.accept(opened.endpoint, wishes.value, isTrial);
    const taken = fates.filter(({ state }) => state !== 'left-out').length;
    if (!isTrial && taken > 0) await handed(session?.member.id ?? '', opened.endpoint, taken);
    return context.json({ fates });
  });

  routes.post(`${base}/messages/:message/retry`, async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), seers);
    if (!member.ok) return answer(member);
    const { workspace } = member.value;
    const key = `${workspace}/${context.req.param('message')}`;
    const found = await readMessage(records, key);
    const opened = found && (await endpoints.open(workspace, found.message.endpoint));
    if (!opened) return answer(fail({ kind: 'not-found' }));
    if (opened.endpoint.state !== 'on') return answer(fail({ kind: 'endpoint-off' }));
    const fate = await sender.retry(opened.endpoint, key);
    if (fate.ok && fate.value.state !== 'left-out') await handed(session?.member.id ?? '', opened.endpoint, 1);
    return answer(fate);
  });

  return { routes, bodyLimits: [{ path: /^\/api\/workspaces\/[^/]+\/sending\/batches$/, bytes: mostBytes }] };
};

const wishesOf = ({ campaign, decisions }: Batch): Result<readonly SendWish[], { readonly kind: 'bad-request' }> => {
  // A decision is named by its campaign and its person; another name would be another message to the same one.
  const isNamed = ({ decision, customer, rule }: Batch['decisions'][number]): boolean =>
    decision.startsWith(`${campaign}/${rule.slice('follow-up/'.length)}`) && decision.endsWith(`/${customer}`);
  if (!decisions.every(isNamed)) return fail({ kind: 'bad-request' });
  return ok(
    decisions.map(({ text, deadlineMs, customer, ...rest }) => ({
      text,
      deadlineMs,
      decision: {
        ...rest,
        customer: customer as CustomerId,
        kind: 'decision',
        campaign: campaign as CampaignId,
        arm: 'act',
        channel: '',
        state: 'handed-over',
        byMember: bySender,
        atMs: 0,
      } satisfies Decision,
    })),
  );
};
