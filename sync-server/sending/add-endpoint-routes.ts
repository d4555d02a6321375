/** Endpoints: seen by owner and operator, made, tried, turned and removed by the owner alone. */
import type { Hono } from 'hono';
import * as v from 'valibot';
import { fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import type { Access } from '#sync-server/access/access.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import { createId } from '#sync-server/access/secrets.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { OutsideDeps } from '#sync-server/channels/post-outside.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import { callEndpoint } from './call-endpoint.ts';
import { type Endpoint, type Endpoints, endpointChannels, mostEndpoints } from './endpoints.ts';
import { listMessages, messageKey } from './messages.ts';
import { type Sender, countsCollection } from './sender.ts';

export interface EndpointRouteDeps {
  readonly records: Records;
  readonly endpoints: Endpoints;
  readonly sender: Pick<Sender, 'stop'>;
  readonly access: Pick<Access, 'audit'>;
  readonly outside?: OutsideDeps;
  nowMs(): number;
}

export const seers: readonly Role[] = ['owner', 'operator'];
const keepers: readonly Role[] = ['owner'];

const wishSchema = v.object({
  address: v.pipe(v.string(), v.trim(), v.url(), v.maxLength(500)),
  channel: v.picklist(endpointChannels),
  allowsPrivate: v.boolean(),
  wantsPhone: v.boolean(),
});

export const addEndpointRoutes = (routes: Hono<RequestContext>, deps: EndpointRouteDeps): void => {
  const { endpoints, sender, access, records } = deps;
  const base = '/api/workspaces/:workspace/sending';
  const audit = ({ workspace, channel }: Endpoint, member: string, kind: string): Promise<void> =>
    access.audit(workspace, { kind, member, detail: channel });

  /** What there is, how it does, and every message that waits or was given up. */
  routes.get(base, async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), seers);
    if (!member.ok) return context.var.answer(member);
    return context.json(await tellAll(deps, member.value.workspace));
  });

  routes.post(`${base}/endpoints`, async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), keepers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, wishSchema);
    if (!body.ok) return answer(body);
    const { workspace } = member.value;
    const refusal = refusalOf(body.value);
    if (refusal) return answer(fail(refusal));
    if ((await endpoints.list(workspace)).length >= mostEndpoints) return answer(fail({ kind: 'too-many-endpoints' }));
    const by = session?.member.id ?? '';
    const made = await endpoints.create(workspace, body.value, by);
    await audit(made, by, 'endpoint-made');
    return answer(ok(made));
  });

  routes.patch(`${base}/endpoints/:id`, async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), keepers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, v.object({ isOn: v.boolean() }));
    if (!body.ok) return answer(body);
    const { isOn } = body.value;
    const turned = await endpoints.turn(member.value.workspace, context.req.param('id'), isOn ? 'on' : 'off');
    if (!turned) return answer(fail({ kind: 'not-found' }));
    await audit(turned, session?.member.id ?? '', isOn ? 'endpoint-on' : 'endpoint-off');
    if (!isOn) await sender.stop(turned, 'endpoint-off');
    return answer(ok(turned));
  });

  routes.delete(`${base}/endpoints/:id`, async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), keepers);
    if (!member.ok) return answer(member);
    const { workspace } = member.value;
    const removed = await endpoints.remove(workspace, context.req.param('id'));
    if (!removed) return answer(fail({ kind: 'not-found' }));
    await audit(removed, session?.member.id ?? '', 'endpoint-removed');
    await sender.stop(removed, 'endpoint-removed');
    await records.write([{ collection: countsCollection, key: `${workspace}/${removed.id}`, value: null }]);
    return answer(ok({}));
  });

  /** Calls it with nobody's message, and says what it answered. */
  routes.post(`${base}/endpoints/:id/ping`, async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), keepers);
    if (!member.ok) return context.var.answer(member);
    const opened = await endpoints.open(member.value.workspace, context.req.param('id'));
    if (!opened) return context.var.answer(fail({ kind: 'not-found' }));
    if (opened.secret === null) return context.json({ answer: { kind: 'no-secret' } });
    const call = { id: `ping-${createId()}`, type: 'ping', data: {} } as const;
    const answer = await callEndpoint(opened.endpoint, opened.secret, call, deps.nowMs(), deps.outside);
    return context.json({ answer: answer.ok ? { kind: 'accepted', ...answer.value } : answer.error });
  });
};

/** What can be said of an address before it is ever called. */
const refusalOf = ({ address, allowsPrivate, channel, wantsPhone }: v.InferOutput<typeof wishSchema>) => {
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return { kind: 'bad-address' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowsPrivate)) return { kind: 'not-https' };
  return wantsPhone && channel !== 'sms' ? { kind: 'no-phone-here' } : null;
};

const tellAll = async ({ records, endpoints }: EndpointRouteDeps, workspace: string): Promise<object> => {
  const messages = (await listMessages(records, workspace)).map(({ message }) => message);
  const tell = async (endpoint: Endpoint): Promise<object> => {
    const counts = await records.read(countsCollection, `${workspace}/${endpoint.id}`);
    const own = messages.filter((message) => message.endpoint === endpoint.id);
    const { sent, lastMs } = (counts?.value ?? { sent: 0, lastMs: null }) as { sent: number; lastMs: number | null };
    const waiting = own.filter(({ state }) => state === 'waiting').length;
    return { ...endpoint, sent, lastMs, waiting, failed: own.filter(({ state }) => state === 'failed').length };
  };
  return {
    endpoints: await Promise.all((await endpoints.list(workspace)).map(tell)),
    messages: messages
      .filter(({ state }) => state !== 'sent')
      .map(({ decision, state, endpoint, tries, dueMs, failure, atMs, text }) => ({
        id: messageKey(workspace, decision.decision).slice(workspace.length + 1),
        decision: decision.decision,
        customer: decision.customer,
        campaign: decision.campaign,
        endpoint,
        state,
        tries,
        dueMs,
        failure,
        atMs,
        canRetry: state === 'failed' && text !== '',
      })),
  };
};
