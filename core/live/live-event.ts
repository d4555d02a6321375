/**
 * What happened in a broadcast, after the envelope has been opened (`parse-live-event.ts`). One shape for what a
 * platform pushes, what the simulator sends and what the assistant pastes; the key is (source, id). Times are
 * milliseconds since the epoch, money is fen. `item` is what the sender calls the product; whoever feeds the broadcast
 * resolves it against the catalogue before counting.
 */
import type { IdentityKeyKind } from '../datasets/fact.ts';
import type { Counts } from './live-second.ts';

/** The type of the CloudEvents envelope, and the name we keep. */
export const liveEventTypes = {
  'Product Viewed': 'product-viewed',
  'Product Clicked': 'product-clicked',
  'Product Added': 'product-added',
  'Order Completed': 'order-completed',
  'Viewer Joined': 'viewer-joined',
  'Viewer Left': 'viewer-left',
  'Comment Posted': 'comment-posted',
  'Gift Sent': 'gift-sent',
  'Product Pinned': 'product-pinned',
  'Audience Sampled': 'audience-sampled',
  'Product Counted': 'product-counted',
  'Promotion Opened': 'promotion-opened',
  'Knowledge Opened': 'knowledge-opened',
  'Story Opened': 'story-opened',
  'Broadcast Started': 'broadcast-started',
  'Broadcast Ended': 'broadcast-ended',
} as const;
export type LiveEventType = keyof typeof liveEventTypes;
export type LiveEventName = (typeof liveEventTypes)[LiveEventType];

export interface LiveEvent {
  readonly source: string;
  readonly id: string;
  readonly name: LiveEventName;
  readonly atMs: number;
  /** The broadcast meant; empty is the one on air. */
  readonly broadcast: string;
  readonly item: string;
  /** How many of them: a sender may sum up a second. At least 1. */
  readonly count: number;
  readonly viewerKeyKind: IdentityKeyKind | '';
  readonly viewerKey: string;
  readonly nickname: string;
  readonly text: string;
  /** Viewers counted, seconds watched; 0 when it has no size. */
  readonly value: number;
  readonly amountFen: number;
  /** Only of `product-counted`: what a table says of a product. Null otherwise. */
  readonly counted: ProductCounts | null;
}

/** Exposures, clicks, adds and orders within a span; a span of 0 s means since the broadcast began. */
export interface ProductCounts {
  readonly counts: Counts;
  readonly spanSeconds: number;
}

export const liveEventKey = (event: Pick<LiveEvent, 'source' | 'id'>): string => `${event.source}\n${event.id}`;
