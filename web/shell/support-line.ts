/**
 * The line of a failed page that somebody sends to support: which error, the beginning of its message, a number by which
 * the same message is known again, and the build. Messages may quote what people wrote: quoted parts, anything but ASCII,
 * and long numbers are left out.
 */
const longest = 120;

export const supportLine = (error: unknown, build: string): string => {
  const name = error instanceof Error ? error.name : typeof error;
  const message = error instanceof Error ? error.message : String(error);
  return `${name}: ${withoutData(message)} · ${hashOf(message)} · ${build}`;
};

const withoutData = (message: string): string =>
  (message.split('\n', 1)[0] ?? '')
    .replace(/(["'`“‘«]).*?["'`”’»]/gu, '…')
    .replace(/\S*@\S*|[^\x20-\x7e…]+|\d{4,}/gu, '…')
    .slice(0, longest);

/** FNV-1a. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
