/** The shop's endpoints as the server tells them, the messages that wait there or were given up, and handing over more. */
import type { Decision } from '#core/datasets/fact.ts';
import { bySender } from '#core/journeys/apply-mark.ts';
import {
  type EndpointRow,
  type EndpointWish,
  type Fate,
  type Fates,
  type HandedMessage,
  type MessageRow,
  type SendFailure,
  byDecision,
  sumFates,
} from './sending-rows.ts';
import { askServer, type ServerAnswer } from './session.ts';

/** Texts may be long: so many of them stay far below what the server takes at once. */
const batch = 100;

export class Sending {
  readonly #path: string;
  readonly #ask: typeof askServer;
  /** Null until they were read once. */
  endpoints = $state.raw<readonly EndpointRow[] | null>(null);
  messages = $state.raw(byDecision([]));
  /** Why they could not be read just now; the last ones read stay. */
  failure = $state<string | null>(null);
  /** Made just now; its secret is shown this once. */
  fresh = $state.raw<(EndpointRow & { readonly secret: string }) | null>(null);

  constructor(workspace: string, ask = askServer) {
    this.#path = `/api/workspaces/${workspace}/sending`;
    this.#ask = ask;
  }

  /** With an endpoint, and not in anybody's hand. */
  isUnderWay({
    decision,
    state,
    byMember,
  }: Pick<Decision, 'decision' | 'byMember'> & { readonly state: string }): boolean {
    const isHanded = state === 'handed-over' && byMember === bySender;
    return isHanded && (this.endpoints === null || this.messages.get(decision)?.state === 'waiting');
  }

  async read(): Promise<void> {
    const answer = await this.#ask<{ endpoints: readonly EndpointRow[]; messages: readonly MessageRow[] }>(
      'GET',
      this.#path,
    );
    this.failure = answer.ok ? null : answer.error.kind;
    if (!answer.ok) return;
    this.endpoints = answer.value.endpoints.toSorted((a, b) => b.createdMs - a.createdMs);
    this.messages = byDecision(answer.value.messages);
  }

  async make(wish: EndpointWish): Promise<ServerAnswer<unknown>> {
    const answer = await this.#ask<EndpointRow & { secret: string }>('POST', `${this.#path}/endpoints`, wish);
    if (!answer.ok) return answer;
    this.fresh = answer.value;
    await this.read();
    return answer;
  }

  turn({ id }: EndpointRow, isOn: boolean): Promise<ServerAnswer<unknown>> {
    return this.#andRead(this.#ask('PATCH', `${this.#path}/endpoints/${id}`, { isOn }));
  }

  remove({ id }: EndpointRow): Promise<ServerAnswer<unknown>> {
    if (this.fresh?.id === id) this.fresh = null;
    return this.#andRead(this.#ask('DELETE', `${this.#path}/endpoints/${id}`));
  }

  /** What its host answered. The call may take as long as a host may. */
  ping({ id }: EndpointRow): Promise<ServerAnswer<{ readonly answer: SendFailure }>> {
    return this.#ask('POST', `${this.#path}/endpoints/${id}/ping`, {}, 25_000);
  }

  retry({ id }: MessageRow): Promise<ServerAnswer<Fate>> {
    return this.#andRead(this.#ask<Fate>('POST', `${this.#path}/messages/${id}/retry`, {}));
  }

  /** A trial says what would become of them, and nothing is sent. */
  async hand(
    endpoint: string,
    campaign: string,
    handed: readonly HandedMessage[],
    isTrial: boolean,
  ): Promise<ServerAnswer<Fates>> {
    const fates: Fate[] = [];
    for (let at = 0; at < handed.length; at += batch) {
      const decisions = handed
        .slice(at, at + batch)
        .map(({ decision, text, deadlineMs }) => ({ ...decision, text, deadlineMs }));
      const body = { endpoint, campaign, isTrial, decisions };
      const answer = await this.#ask<{ fates: readonly Fate[] }>('POST', `${this.#path}/batches`, body, 60_000);
      if (!answer.ok) return answer;
      fates.push(...answer.value.fates);
    }
    if (!isTrial) await this.read();
    return { ok: true, value: sumFates(fates) };
  }

  async #andRead<Value>(asked: Promise<ServerAnswer<Value>>): Promise<ServerAnswer<Value>> {
    const answer = await asked;
    await this.read();
    return answer;
  }
}
