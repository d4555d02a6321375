/** What broke a page is told to the person who may pass it on, and to the console. */
import { version } from '$app/env';
import type { HandleClientError } from '@sveltejs/kit/hooks';
import { supportLine } from '#web/shell/support-line.ts';

export const handleError: HandleClientError = ({ error }) => {
  // eslint-disable-next-line no-console -- the console is where a developer looks
  console.error(error);
  return { message: supportLine(error, version) };
};
