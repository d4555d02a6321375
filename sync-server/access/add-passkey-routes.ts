/** Passkeys over HTTP: making, listing and removing one's own, and signing in with one. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Hono } from 'hono';
import * as v from 'valibot';
import { ok } from '#core/result.ts';
import type { Access } from './access.ts';
import type { Attempts } from './attempts.ts';
import { writeCookie } from './cookie.ts';
import { nameSchema, parseBody } from './parse-body.ts';
import type { RequestContext } from './request-context.ts';

const text = v.pipe(v.string(), v.maxLength(8192));
const answerSchema = v.looseObject({
  id: text,
  rawId: text,
  type: v.literal('public-key'),
  response: v.looseObject({}),
});
const addSchema = v.object({ label: nameSchema, response: answerSchema });
const signInSchema = v.object({ response: answerSchema });

export interface PasskeyRoutesDeps {
  readonly access: Access;
  readonly attempts: Attempts;
}

export const addPasskeyRoutes = (routes: Hono<RequestContext>, { access, attempts }: PasskeyRoutesDeps): void => {
  routes.get('/api/passkeys', async (context) => {
    const { session, refuse } = context.var;
    if (!session) return refuse({ kind: 'signed-out' });
    return context.json({ passkeys: await access.listPasskeys(session.member.id) });
  });

  routes.post('/api/passkeys/begin', async (context) => {
    const { session, origin, refuse } = context.var;
    if (!session) return refuse({ kind: 'signed-out' });
    return context.json(await access.beginPasskey(session, { origin }));
  });

  routes.post('/api/passkeys', async (context) => {
    const { session, origin, answer, refuse } = context.var;
    if (!session) return refuse({ kind: 'signed-out' });
    const body = await parseBody(context.req, addSchema);
    if (!body.ok) return answer(body);
    const { response, label } = body.value;
    return answer(await access.addPasskey(session, response as unknown as RegistrationResponseJSON, label, { origin }));
  });

  routes.delete('/api/passkeys/:passkey', async (context) => {
    const { session, answer, refuse } = context.var;
    if (!session) return refuse({ kind: 'signed-out' });
    return answer(await access.removePasskey(session, context.req.param('passkey')));
  });

  routes.post('/api/passkeys/sign-in/begin', async (context) => {
    const { address, origin, refuse } = context.var;
    if (!(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    return context.json(await access.beginSignIn({ origin }));
  });

  routes.post('/api/passkeys/sign-in', async (context) => {
    const { address, origin, answer, refuse } = context.var;
    if (!(await attempts.take(address))) return refuse({ kind: 'too-many-attempts' });
    const body = await parseBody(context.req, signInSchema);
    if (!body.ok) return answer(body);
    const opened = await access.signIn(body.value.response as unknown as AuthenticationResponseJSON, { origin });
    if (!opened.ok) return answer(opened);
    if (opened.value.token) context.header('Set-Cookie', writeCookie(origin, opened.value.token));
    return answer(ok({ member: opened.value.session.member.id }));
  });
};
