/** Which behaviours are a customer's own acts, and of what kind where they concern a product. */
import { type BehaviourName, behaviours } from '#core/datasets/fact.ts';

export const eventKinds: Partial<Record<BehaviourName, 'watch' | 'click' | 'add'>> = {
  'product-viewed': 'watch',
  'clip-watched': 'watch',
  'promotion-opened': 'watch',
  'knowledge-opened': 'watch',
  'story-opened': 'watch',
  'product-clicked': 'click',
  'link-clicked': 'click',
  'product-added': 'add',
};

/** By index into `behaviours`: 1 where it is an act of the customer's own, whatever it concerns. */
export const engagements: Uint8Array = Uint8Array.from(behaviours, (name) =>
  eventKinds[name] !== undefined || name === 'viewer-joined' || name === 'comment-posted' || name === 'gift-sent'
    ? 1
    : 0,
);
