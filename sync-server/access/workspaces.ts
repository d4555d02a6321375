import { fail, ok } from '#core/result.ts';
import type { Access, WorkspaceRecord } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import type { Announce, Workspaces } from './parts.ts';
import { createId, createIdentitySecret } from './secrets.ts';

export const createWorkspaceRecord = (
  given: Parameters<Workspaces['createWorkspace']>[0],
  nowMs: number,
): WorkspaceRecord => ({
  ...given,
  id: given.id ?? createId(),
  createdMs: nowMs,
  identitySecret: createIdentitySecret(),
});

export const createWorkspaces = (
  { records, nowMs }: AccessDeps,
  announce: Announce,
  audit: Access['audit'],
): Workspaces => ({
  readWorkspace: async (workspace) =>
    ((await records.read('workspaces', workspace))?.value as WorkspaceRecord | undefined) ?? null,
  listWorkspaces: async () => (await records.list('workspaces')).map(({ value }) => value as WorkspaceRecord),
  createWorkspace: async (given) => {
    const workspace = createWorkspaceRecord(given, nowMs());
    const written = await records.write([
      { collection: 'workspaces', key: workspace.id, value: workspace, ifVersion: 0 },
    ]);
    return written.ok ? ok(workspace) : fail({ kind: 'workspace-exists' });
  },
  renameWorkspace: async (id, brand) => {
    for (;;) {
      const kept = await records.read('workspaces', id);
      const workspace = kept?.value as WorkspaceRecord | undefined;
      if (!kept || !workspace || workspace.brand === brand) return;
      const written = await records.write([
        { collection: 'workspaces', key: id, value: { ...workspace, brand }, ifVersion: kept.version },
      ]);
      // Who typed the letters is not known any more once they are in the document.
      if (written.ok) return audit(id, { kind: 'renamed', member: '', detail: brand });
    }
  },
  removeWorkspace: async (workspace) => {
    const invitations = (await records.list('invitations')).filter(
      ({ value }) => (value as { workspace: string }).workspace === workspace,
    );
    await records.write([
      { collection: 'workspaces', key: workspace, value: null },
      ...invitations.map(({ key }) => ({ collection: 'invitations', key, value: null })),
    ]);
    await records.removeWorkspace(workspace);
    announce({ kind: 'workspace-removed', workspace });
  },
});
