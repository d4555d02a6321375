/** How much an act says about an interest: watching least, buying most. By index into `behaviours`. */
import { type BehaviourName, behaviours } from '#core/datasets/fact.ts';
import type { InterestParameters } from '../profile/parameters.ts';

const kinds: Partial<Record<BehaviourName, 'watch' | 'click' | 'add'>> = {
  'product-viewed': 'watch',
  'clip-watched': 'watch',
  'product-clicked': 'click',
  'link-clicked': 'click',
  'product-added': 'add',
};

/** 1 where the behaviour is an act of the customer's own, whatever it concerns. */
export const engagements: Uint8Array = Uint8Array.from(behaviours, (name) =>
  kinds[name] !== undefined || name === 'viewer-joined' || name === 'comment-posted' || name === 'gift-sent' ? 1 : 0,
);

export const eventWeights = (parameters: InterestParameters): Float64Array =>
  Float64Array.from(behaviours, (name) => {
    const kind = kinds[name];
    return kind ? parameters.weights[kind] : 0;
  });
