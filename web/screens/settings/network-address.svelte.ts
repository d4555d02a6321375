/** Where other devices find this server, and where they begin to trust it; null without a local network. */
import { fetchSession, type ServerNetwork } from '#web/workspace/session.ts';

export class NetworkAddress {
  current = $state.raw<ServerNetwork | null>(null);

  async read(fetch: typeof fetchSession = fetchSession): Promise<void> {
    this.current = (await fetch())?.network ?? null;
  }
}
