import { fail, ok } from '#core/result.ts';
import type { Access, MemberRecord } from './access.ts';
import type { Parts } from './parts.ts';
import { createId, createToken, hashSecret, isSameHash } from './secrets.ts';
import { createWorkspaceRecord } from './workspaces.ts';

export const claimKey = 'first-owner';

export interface ClaimRecord {
  readonly hash: string;
  readonly redeemedMs: number | null;
}

export const createClaims = ({
  deps: { records, nowMs },
  sessions,
  audit,
}: Parts): Pick<Access, 'isClaimed' | 'issueClaim' | 'redeemClaim'> => {
  const read = async (): Promise<{ claim: ClaimRecord | null; version: number }> => {
    const record = await records.read('claims', claimKey);
    return { claim: (record?.value as ClaimRecord | undefined) ?? null, version: record?.version ?? 0 };
  };
  const isClaimed = async (): Promise<boolean> => ((await read()).claim?.redeemedMs ?? null) !== null;
  return {
    isClaimed,
    issueClaim: async () => {
      if (await isClaimed()) return null;
      const token = createToken();
      const value: ClaimRecord = { hash: hashSecret(token), redeemedMs: null };
      await records.write([{ collection: 'claims', key: claimKey, value }]);
      return token;
    },
    redeemClaim: async (token, name, brand, by) => {
      const { claim, version } = await read();
      if (!claim || claim.redeemedMs !== null || !isSameHash(claim.hash, hashSecret(token)))
        return fail({ kind: 'unknown-claim' });
      const workspace = createWorkspaceRecord({ brand, isDemo: false }, nowMs());
      const member: MemberRecord = {
        id: by?.member.id ?? createId(),
        workspace: workspace.id,
        name,
        role: 'owner',
        joinedMs: nowMs(),
      };
      const redeemed: ClaimRecord = { hash: '', redeemedMs: nowMs() };
      const written = await records.write([
        { collection: 'claims', key: claimKey, value: redeemed, ifVersion: version },
        { collection: 'workspaces', key: workspace.id, value: workspace, ifVersion: 0 },
        { collection: 'members', key: `${workspace.id}/${member.id}`, value: member },
      ]);
      if (!written.ok) return fail({ kind: 'unknown-claim' });
      await audit(workspace.id, { kind: 'claimed', member: member.id });
      return ok(await sessions.openSession(member, by));
    },
  };
};
