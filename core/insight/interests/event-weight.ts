/** How much an act says about an interest: watching least, buying most. By index into `behaviours`. */
import { behaviours } from '#core/datasets/fact.ts';
import { eventKinds } from '../engagement.ts';
import type { InterestParameters } from './interest-parameters.ts';

export const eventWeights = (parameters: InterestParameters): Float64Array =>
  Float64Array.from(behaviours, (name) => {
    const kind = eventKinds[name];
    return kind ? parameters.weights[kind] : 0;
  });
