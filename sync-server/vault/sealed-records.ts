/** Every collection with sealed texts, all in the field `sealed`. */
import type { Records } from '#sync-server/storage/storage.ts';
import { contactsCollection } from './contact-vault.ts';

export const keyCheckCollection = 'key-check';

export const endpointsCollection = 'endpoints';

const detailCollections = [contactsCollection, 'sources', endpointsCollection] as const;

export const sealedCollections = [...detailCollections, keyCheckCollection] as const;

/** What is lost with a key; `about` is the place it was sealed for. */
export const listSealed = async (
  records: Records,
): Promise<readonly { readonly sealed: string; readonly about: string }[]> =>
  (
    await Promise.all(
      detailCollections.map(async (collection) =>
        (await records.list(collection)).map(({ key, value }) => ({
          sealed: (value as { readonly sealed: string }).sealed,
          about: `${collection}/${key}`,
        })),
      ),
    )
  ).flat();
