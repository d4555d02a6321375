import type { Actor, InvitationRecord } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import { createId, createToken, hashSecret } from './secrets.ts';

const dayMs = 86_400_000;

/** The token is in the answer and nowhere else. */
export const issueInvitation = async (
  { records, nowMs }: AccessDeps,
  { workspace, member: createdBy }: Pick<Actor, 'workspace' | 'member'>,
  given: Pick<InvitationRecord, 'role' | 'usesLeft' | 'forMember'>,
  days: number,
): Promise<InvitationRecord & { readonly token: string }> => {
  const token = createToken();
  const createdMs = nowMs();
  const expiresMs = createdMs + days * dayMs;
  const invitation: InvitationRecord = { id: createId(), workspace, createdBy, createdMs, expiresMs, ...given };
  await records.write([{ collection: 'invitations', key: hashSecret(token), value: invitation, expiresMs }]);
  return { ...invitation, token };
};
