/** How this machine is called on its networks. */
import { hostname, networkInterfaces } from 'node:os';

export interface OwnAddresses {
  /** Lower case: `localhost`, the host name, the host name as Bonjour announces it. */
  readonly names: readonly string[];
  /** Loopback first, then the networks'. */
  readonly addresses: readonly string[];
  /** The address to give to a tablet; null without a network. */
  readonly networkAddress: string | null;
}

export const readOwnAddresses = (): OwnAddresses => {
  const machine = hostname().toLowerCase();
  const found = Object.entries(networkInterfaces()).flatMap(([device, list]) =>
    (list ?? []).map((entry) => ({ ...entry, device })),
  );
  const outside = found.filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
  const fourth = outside.filter(({ family }) => family === 'IPv4');
  // Bridges of virtual machines and containers reach no tablet.
  const real = fourth.find(({ device }) => !/^(docker|br-|veth|virbr|vmnet|vboxnet)/.test(device)) ?? fourth[0];
  return {
    names: [...new Set(['localhost', machine, `${machine.replace(/\.local$/, '')}.local`])].filter((name) =>
      /^[a-z0-9.-]+$/.test(name),
    ),
    addresses: [...new Set(['127.0.0.1', '::1', ...outside.map(({ address }) => address)])],
    networkAddress: real?.address ?? null,
  };
};
