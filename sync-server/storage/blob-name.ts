import { isSlug } from '#core/units/ids.ts';

const hashPattern = /^[0-9a-f]{64}$/;

export const isBlobHash = (text: string): boolean => hashPattern.test(text);

/** Names become paths; the routes have refused bad ones long before, so this is an invariant of ours. */
export const checkBlobName = (workspace: string, hash: string): void => {
  if (!isSlug(workspace) || !isBlobHash(hash)) throw new Error('not a blob name');
};
