import { askServer } from './session.ts';
import type { Workspace } from './workspace.ts';

/** Tells the server's log that data left; without a server, or without an answer, nobody is told. */
export const noteExport = async (
  { id, home }: Pick<Workspace, 'id' | 'home'>,
  what: 'customers' | 'follow-ups' | 'workspace' | 'audit',
): Promise<void> => {
  if (home === 'server') await askServer('POST', `/api/workspaces/${id}/exports`, { what });
};
