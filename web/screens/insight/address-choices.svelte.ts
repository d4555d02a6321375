/** Choices of a view that stand in the address, so that a reload or a link finds them again. */
import { untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';

/** Instead of a list: whatever the address says. */
export const anyText: readonly string[] = [''];

/** By name of the parameter what may stand there, what is meant without it first; only inside a component. */
export const addressChoices = <Allowed extends Readonly<Record<string, readonly string[]>>>(
  allowed: Allowed,
): { [Name in keyof Allowed]: Allowed[Name][number] } => {
  const told = (name: string, values: readonly string[]): string => {
    const value = page.url.searchParams.get(name) ?? '';
    return values === anyText || values.includes(value) ? value : (values[0] ?? '');
  };
  const chosen: Record<string, string> = $state(
    Object.fromEntries(Object.entries(allowed).map(([name, values]) => [name, told(name, values)])),
  );
  $effect(() => {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- handed to the router at once
    const address = new URL(untrack(() => page.url.href));
    for (const [name, values] of Object.entries(allowed)) {
      const value = chosen[name] ?? '';
      if (value === (values[0] ?? '')) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    if (address.href !== untrack(() => page.url.href)) void goto(address, { replace: true, shallow: true });
  });
  return chosen as { [Name in keyof Allowed]: Allowed[Name][number] };
};
