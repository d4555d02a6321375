import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import InviteCard from '#web/screens/settings/InviteCard.svelte';
import SourceExample from '#web/screens/settings/SourceExample.svelte';
import type { FreshInvitation, People } from '#web/screens/settings/people.svelte.ts';
import type { ServerNetwork } from '#web/workspace/session.ts';

const network: ServerNetwork = { origin: 'https://192.168.1.5:4747', trustAddress: 'http://192.168.1.5:4747/trust' };

/** What the fields say, in order, and all of the text. */
const shown = (component: typeof InviteCard | typeof SourceExample, props: object) => {
  const target = document.body.appendChild(document.createElement('div'));
  const mounted = mount(component as typeof InviteCard, { target, props: props as never });
  onTestFinished(async () => {
    await unmount(mounted);
    target.remove();
  });
  flushSync();
  return {
    fields: [...target.querySelectorAll('input')].map(({ value }) => value),
    codes: target.querySelectorAll('svg[shape-rendering]').length,
    text: target.textContent,
    command: target.querySelector('code'),
  };
};

const invited = (origin: string, of: ServerNetwork | null) => {
  const fresh: FreshInvitation = {
    id: 'i',
    role: 'assistant',
    expiresMs: 0,
    usesLeft: 1,
    token: 't',
    address: `${origin}/join#invitation=t`,
  };
  const people = { fresh, invitations: [], isInviting: false } as unknown as People;
  return shown(InviteCard, { people, isOwner: true, network: of });
};

test('on a local network the device first trusts this computer, then opens the invitation', () => {
  const { fields, codes, text } = invited(network.origin, network);
  expect(fields).toEqual([network.trustAddress, `${network.origin}/join#invitation=t`]);
  expect(codes).toBe(2);
  expect(text).toContain('第一步：信任这台电脑');
  expect(text).not.toContain('只有这台电脑能打开');
});

test('with a certificate that devices trust already there is the invitation alone', () => {
  const { fields, text } = invited(network.origin, { ...network, trustAddress: null });
  expect(fields).toEqual([`${network.origin}/join#invitation=t`]);
  expect(text).not.toContain('只有这台电脑能打开');
});

test('without a network it says how to start for other devices, with the command on one line', () => {
  const { fields, text, command } = invited('http://127.0.0.1:4747', null);
  expect(fields).toHaveLength(1);
  expect(text).toContain('只有这台电脑能打开');
  expect(command?.textContent).toBe('npm start -- --lan');
  expect(getComputedStyle(command as Element).whiteSpace).toBe('nowrap');
});

test('a source has an address for other computers where there is a network', () => {
  const near = `${location.origin}/api/ingest/s`;
  const { fields, text } = shown(SourceExample, { id: 's', secret: null, network });
  expect(fields).toEqual([near, `${network.origin}/api/ingest/s`]);
  expect(text).toContain(network.trustAddress);
  expect(shown(SourceExample, { id: 's', secret: null, network: null }).fields).toEqual([near]);
});
