import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import InviteCard from '#web/screens/settings/InviteCard.svelte';
import type { People } from '#web/screens/settings/people.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';

test('without the server there is no link to make, and the button says so', async () => {
  language.current = 'en';
  const people = (failure: string | null) =>
    ({ failure, isInviting: false, invitations: [], fresh: null }) as unknown as People;
  const { rerender } = await render(InviteCard, { people: people(null), isOwner: true, network: null });
  await expect.element(page.getByRole('button', { name: 'Make an invitation link' })).toBeVisible();
  await rerender({ people: people('unreachable') });
  await expect.element(page.getByRole('button', { name: 'Needs the server' })).toHaveAttribute('aria-disabled', 'true');
});
