/** A claimed workspace without the demo. Its owner acts over HTTP; colleagues come with a browser of their own. */
import type { Role } from '#core/units/role.ts';
import { openPerson, type Person, type PersonChoice } from './browser.ts';
import type { LarderProcess } from './larder-process.ts';

export interface ClaimedWorkspace {
  readonly id: string;
  /** The owner's request to the server; throws when it is refused. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Invites somebody and signs their browser in; they have not opened a page yet. */
  welcome(role: Role, name: string, choice?: PersonChoice): Promise<Person>;
  address(path: string): string;
}

export const claimWorkspace = async (larder: LarderProcess, brand = '山田食堂'): Promise<ClaimedWorkspace> => {
  const headers = { origin: larder.address, 'content-type': 'application/json' };
  const claim = larder.claimAddress().split('#claim=')[1] ?? '';
  const claimed = await fetch(`${larder.address}/api/claim`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ claim, brand, name: '周岚' }),
  });
  const cookie = (claimed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const session = (await claimed.json()) as { workspaces: { id: string }[] };
  const id = session.workspaces[0]?.id;
  if (id === undefined) throw new Error(`not claimed: ${claimed.status}`);

  const ask = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${larder.address}/api/workspaces/${id}/${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    id,
    ask,
    welcome: async (role, name, choice) => {
      const { token } = await ask('POST', 'invitations', { role });
      const person = await openPerson(choice);
      const redeemed = await person.context.request.post(`${larder.address}/api/invitations/redeem`, {
        headers: { origin: larder.address },
        data: { token, name },
      });
      if (!redeemed.ok()) throw new Error(`not let in: ${redeemed.status()}`);
      return person;
    },
    address: (path) => `${larder.address}/${id}/${path}`,
  };
};
