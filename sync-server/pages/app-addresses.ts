/**
 * The addresses of the app's screens, as the build lists them: `/[workspace]/live/[campaign]/host`. A part in brackets
 * is an id, everything else is itself. What the list does not name is no address.
 */
import { isSlug } from '#core/units/ids.ts';

export type AppAddresses = (path: string) => boolean;

export const parseAppAddresses = (json: string): AppAddresses => {
  const routes = (JSON.parse(json) as readonly string[]).map(partsOf);
  return (path) => {
    const parts = partsOf(path);
    return routes.some(
      (route) =>
        route.length === parts.length &&
        route.every((part, at) => (part.startsWith('[') ? isSlug(parts[at] ?? '') : part === parts[at])),
    );
  };
};

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');
