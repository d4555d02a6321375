/** Answers about one person as a whole: who they are, everything that is known, and taking it away. */
import { type EachChunk, readPerson } from '#core/datasets/erasure/read-person.ts';
import { eraseRows } from '#core/datasets/erasure/erase-rows.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';
import type { PrivacyRequests } from './privacy.messages.ts';

export const privacyHandlers = (context: EngineContext): Handlers<PrivacyRequests> => {
  const eachChunk: EachChunk = (dataset, take) =>
    context.eachPacked(`facts/${dataset}/`, async (packed) => {
      const facts = unpackFacts(packed);
      if (facts.ok) take(facts.value);
    });
  const person = async (id: string) => {
    if (context.member.role !== 'owner' && context.member.role !== 'operator') throw new EngineFailure('not-allowed');
    return readPerson(context.platform, id as CustomerId, eachChunk);
  };
  return {
    'privacy.ids': async ({ id }) => [...(await person(id)).customers],
    'privacy.export': async ({ id }) => {
      const { customers, keys } = await person(id);
      const erased = { customers, keys: new Set(keys) };
      const facts: Fact[] = [];
      // What an erasure would take is what there is.
      await context.eachPacked('facts/', async (packed) => {
        const chunk = await eraseRows(context.platform, packed, erased);
        if (chunk.ok && chunk.value) facts.push(...chunk.value.rows);
      });
      return { customers: [...customers], facts };
    },
    'privacy.erase': async ({ id }) => context.erase(await person(id)),
    'privacy.search': ({ words }) => context.searchTexts(words, true),
  };
};
