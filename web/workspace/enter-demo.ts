/** Signs this device in to the demo brand in a role; the server lets in whoever sits at it. */
import type { Role } from '#core/units/role.ts';
import { type ServerAnswer, askServer } from './session.ts';

export const enterDemo = (role: Role, name: string): Promise<ServerAnswer<unknown>> =>
  askServer('POST', '/api/demo/enter', { role, name });
