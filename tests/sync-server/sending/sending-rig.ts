/** A shop with three people and a gateway of its own on this machine, that answers what a test says. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decisionId } from '#core/journeys/decision-id.ts';
import type { Decision, Fact } from '#core/datasets/fact.ts';
import { isSignedBy } from '#sync-server/ingest/webhook-signature.ts';
import type { Message } from '#sync-server/sending/messages.ts';
import { aConsent } from '#tests/makers/facts.ts';
import type { Person } from '../http-rig.ts';
import { type ErasureRig, gone, openErasureRig, stays } from '../vault/erasure-rig.ts';

export { gone, goneToo, phone, stays } from '../vault/erasure-rig.ts';

export interface HeardCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: { type: string; timestamp: string; data: Record<string, unknown> };
}

export interface Gateway {
  readonly address: string;
  readonly heard: HeardCall[];
  /** What the next calls are answered; the last one goes on. `null`: no answer at all. */
  answer: (number | null | { readonly status: number; readonly headers: OutgoingHttpHeaders })[];
  close(): void;
}

export const openGateway = async (): Promise<Gateway> => {
  const waiting = new Set<ServerResponse>();
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts).toString();
      gateway.heard.push({ headers: incoming.headers, body, event: JSON.parse(body) as HeardCall['event'] });
      const answer = gateway.answer.length > 1 ? gateway.answer.shift() : gateway.answer[0];
      if (answer === null) return void waiting.add(outgoing);
      const { status, headers } = typeof answer === 'object' ? answer : { status: answer ?? 204, headers: {} };
      outgoing.writeHead(status, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: Gateway = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    heard: [],
    answer: [204],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
};

export interface MadeEndpoint {
  readonly id: string;
  readonly secret: string;
}

export interface SendingRig extends ErasureRig {
  readonly gateway: Gateway;
  url(rest?: string): string;
  makeEndpoint(wish?: object): Promise<MadeEndpoint>;
  /** A decision as a device posts it. */
  aWish(customer: string, fields?: object): Record<string, unknown>;
  hand(endpoint: string, wishes: readonly object[], more?: object, by?: Person): Promise<readonly Fate[]>;
  /** Lets time pass, and everything that is due happen. */
  pass(ms: number): Promise<void>;
  /** The newest version of every decision in the facts. */
  decisions(): Promise<readonly Decision[]>;
  messages(): Promise<readonly Message[]>;
  look(): Promise<{ endpoints: Record<string, unknown>[]; messages: Record<string, unknown>[] }>;
  learn(...facts: readonly Fact[]): Promise<unknown>;
  closeAll(): Promise<void>;
}

export interface Fate {
  readonly decision: string;
  readonly state: string;
  readonly reason?: string;
  readonly notBeforeMs?: number;
}

export const openSendingRig = async (): Promise<SendingRig> => {
  const rig = await openErasureRig();
  const gateway = await openGateway();
  const { http, owner, workspace } = rig;
  const url = (rest = ''): string => `/api/workspaces/${workspace}/sending${rest}`;
  const learn = (...facts: readonly Fact[]): Promise<unknown> => rig.bring('facts/identity/2026-02', facts);
  await learn(aConsent({ customer: stays, channel: 'wecom-1v1' }), aConsent({ customer: gone, channel: 'wecom-1v1' }));
  return {
    ...rig,
    gateway,
    url,
    learn,
    makeEndpoint: async (wish = {}) => {
      const made = await http.ask(owner, 'POST', url('/endpoints'), {
        address: gateway.address,
        channel: 'wecom-1v1',
        allowsPrivate: true,
        wantsPhone: false,
        ...wish,
      });
      if (made.status !== 200) throw new Error(JSON.stringify(made.body));
      return made.body as unknown as MadeEndpoint;
    },
    aWish: (customer, fields = {}) => ({
      decision: decisionId('family', 'follow-up/missed', customer),
      customer,
      rule: 'follow-up/missed',
      ruleVersion: 1,
      asOfDay: 20_777,
      parameterVersion: 1,
      item: 'milk',
      coupon: '',
      reason: 'within7=0.4',
      version: 1,
      text: '小满妈妈，牛奶快喝完了吧',
      deadlineMs: http.clock.ms + 20 * 3_600_000,
      ...fields,
    }),
    hand: async (endpoint, wishes, more = {}, by = owner) => {
      const batch = { endpoint, campaign: 'family', decisions: wishes, ...more };
      const answer = await http.ask(by, 'POST', url('/batches'), batch);
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body['fates'] as Fate[];
    },
    pass: async (ms) => {
      http.clock.ms += ms;
      http.sending.sender.tick();
      await http.sending.sender.settled();
    },
    decisions: async () => {
      const all = (await rig.factsOf('facts/decisions/2026-11')) as Decision[];
      return [...Map.groupBy(all, ({ decision }) => decision).values()].map(
        (own) => own.toSorted((a, b) => b.version - a.version)[0]!,
      );
    },
    messages: async () => (await http.storage.records.list('outgoing')).map(({ value }) => value as Message),
    look: async () => (await http.ask(owner, 'GET', url())).body as never,
    closeAll: async () => {
      gateway.close();
      await http.close();
    },
  };
};

export const isSigned = ({ secret }: MadeEndpoint, { headers, body }: HeardCall, nowMs: number): boolean =>
  isSignedBy(
    secret,
    {
      id: String(headers['webhook-id']),
      timestamp: String(headers['webhook-timestamp']),
      signatures: String(headers['webhook-signature']),
      body,
    },
    nowMs,
  );
