/** Endpoints, messages and fates as the server tells them. */
import type { Decision } from '#core/datasets/fact.ts';
import type { ChannelId } from '#core/outreach/channel.ts';

export interface EndpointWish {
  readonly address: string;
  readonly channel: ChannelId;
  readonly allowsPrivate: boolean;
  readonly wantsPhone: boolean;
}

export interface EndpointRow extends EndpointWish {
  readonly id: string;
  readonly state: 'on' | 'off' | 'gone';
  readonly createdMs: number;
  readonly sent: number;
  readonly lastMs: number | null;
  readonly waiting: number;
  readonly failed: number;
}

export interface SendFailure {
  readonly kind: string;
  readonly status?: number;
}

export interface MessageRow {
  readonly id: string;
  readonly decision: string;
  readonly customer: string;
  readonly endpoint: string;
  readonly state: 'waiting' | 'failed';
  readonly tries: number;
  readonly dueMs: number;
  readonly failure: SendFailure | null;
  readonly atMs: number;
  readonly canRetry: boolean;
}

export interface HandedMessage {
  readonly decision: Decision;
  readonly text: string;
  readonly deadlineMs: number;
}

export interface Fates {
  readonly now: number;
  readonly waits: number;
  readonly notBeforeMs: number;
  /** Most frequent first. */
  readonly leftOut: readonly { readonly reason: string; readonly people: number }[];
}

export type Fate =
  | { readonly state: 'now' }
  | { readonly state: 'waits'; readonly notBeforeMs: number }
  | { readonly state: 'left-out'; readonly reason: string };

export const hostOf = ({ address }: Pick<EndpointRow, 'address'>): string => new URL(address).host;

export const byDecision = (messages: readonly MessageRow[]): ReadonlyMap<string, MessageRow> =>
  new Map(messages.map((message) => [message.decision, message]));

export const sumFates = (fates: readonly Fate[]): Fates => {
  const waits = fates.filter((fate) => fate.state === 'waits');
  const leftOut = Map.groupBy(
    fates.filter((fate) => fate.state === 'left-out'),
    ({ reason }) => reason,
  );
  return {
    now: fates.filter(({ state }) => state === 'now').length,
    waits: waits.length,
    notBeforeMs: Math.min(...waits.map(({ notBeforeMs }) => notBeforeMs)),
    leftOut: [...leftOut]
      .map(([reason, all]) => ({ reason, people: all.length }))
      .toSorted((a, b) => b.people - a.people),
  };
};
