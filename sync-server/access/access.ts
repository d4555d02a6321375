/**
 * Who may do what: workspaces, members and their roles, sessions, the one-time claim and invitations. Secrets are
 * shown once and stored as SHA-256 hashes; every change is announced so that open connections are judged again.
 */
import type { Result } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import type { Passkeys } from './passkeys.ts';
import type { Membership, Session } from './session.ts';

export interface WorkspaceRecord {
  readonly id: string;
  readonly brand: string;
  readonly isDemo: boolean;
  readonly createdMs: number;
  /** Base64 of the 32 bytes under which contact details are hashed; only owner and operator devices ever get it. */
  readonly identitySecret: string;
  /** What the demo was written with, for the welcome page. */
  readonly counts?: { readonly customers: number; readonly orders: number };
  /** It is still arriving from the browser it lived in. The claim it was begun with is given back when that is given up. */
  readonly connecting?: { readonly sinceMs: number; readonly claimHash: string | null };
}

export interface MemberRecord {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly role: Role;
  readonly joinedMs: number;
}

export interface InvitationRecord {
  readonly id: string;
  readonly workspace: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly usesLeft: number;
  /** For this member, who is known already, and nobody else. */
  readonly forMember?: string;
}

export type AccessChange =
  /** `role` null: no longer a member. */
  | {
      readonly kind: 'membership';
      readonly member: string;
      readonly workspace: string;
      readonly name: string;
      readonly role: Role | null;
    }
  | { readonly kind: 'session-ended'; readonly session: string }
  | { readonly kind: 'workspace-removed'; readonly workspace: string };

/** Who did what, and when: ids and roles, and of a member who goes the name; never a contact detail or a secret. */
export interface AuditEntry {
  readonly kind: string;
  /** Whoever did it; empty when the server did. */
  readonly member: string;
  readonly detail?: string;
  /** Of the removed member, who is in no list any more. */
  readonly name?: string;
  readonly atMs: number;
}

/** A fresh session's secret goes into the cookie and nowhere else; null when the session was there already. */
export interface OpenedSession {
  readonly token: string | null;
  readonly session: Session;
}

/** Who asks for a change, and with which membership. */
export type Actor = Membership & { readonly member: string };

export interface OwnerWanted {
  readonly brand?: string | undefined;
  readonly owner?: string | undefined;
}

export type OwnerLink = InvitationRecord & { readonly token: string; readonly brand: string; readonly name: string };

/** None or several fit: these are there. */
export type OwnerUnclear =
  | { readonly kind: 'which-brand'; readonly among: readonly Pick<WorkspaceRecord, 'id' | 'brand'>[] }
  | { readonly kind: 'which-owner'; readonly among: readonly Pick<MemberRecord, 'id' | 'name'>[] };

export interface SignedInDevice {
  readonly id: string;
  /** System and browser, as `device-of.ts` names them; empty when none was seen yet. */
  readonly device: string;
  /** To a day: a visit is noted once a day. */
  readonly seenMs: number;
}

type SessionRefusal = { readonly kind: 'not-found' | 'not-allowed' | 'belongs-elsewhere' };

type NotFound = { readonly kind: 'not-found' };
type BadInvitation = { readonly kind: 'unknown-invitation' };
type Unclear = { readonly kind: 'signed-in' | 'signed-out' | 'already-member' };

export interface Access extends Passkeys {
  /** Null for a token that is unknown, expired or ended. The device is noted with the session. */
  readSession(token: string, device?: string): Promise<Session | null>;
  /** A fresh token for the session when this one is a day old; it takes over once it has been seen. Null otherwise. */
  renewSession(token: string): Promise<string | null>;
  /** As it is now; reading it is no visit. */
  readSessionById(id: string): Promise<Session | null>;
  endSession(sessionId: string): Promise<void>;
  /** Where a member is signed in, the one seen last first: their own, or for an owner who may let them in. */
  listSessions(by: Actor, member: string): Promise<Result<readonly SignedInDevice[], SessionRefusal>>;
  endSessionOf(by: Actor, member: string, session: string): Promise<Result<void, SessionRefusal>>;

  readWorkspace(workspace: string): Promise<WorkspaceRecord | null>;
  listWorkspaces(): Promise<readonly WorkspaceRecord[]>;
  /** Commands call it; people get workspaces by the claim. */
  createWorkspace(workspace: {
    readonly id?: string;
    readonly brand: string;
    readonly isDemo: boolean;
    readonly counts?: { readonly customers: number; readonly orders: number };
  }): Promise<Result<WorkspaceRecord, { readonly kind: 'workspace-exists' }>>;
  /** The name people gave it in its settings; nothing happens when it is called so already, or is gone. */
  renameWorkspace(workspace: string, brand: string): Promise<void>;
  /** Removes its members and invitations too; the caller removes documents and blobs. */
  removeWorkspace(workspace: string): Promise<void>;

  isClaimed(): Promise<boolean>;
  /** A fresh claim, which makes earlier ones worthless; null once claimed. */
  issueClaim(): Promise<string | null>;
  redeemClaim(
    claim: string,
    name: string,
    brand: string,
    by: Session | null,
  ): Promise<Result<OpenedSession, { readonly kind: 'unknown-claim' }>>;

  /**
   * Begins, or goes on, to take in a workspace that lived in one browser, for an owner on this server or whoever holds
   * the claim. It keeps its id and the secret behind its fingerprints, which also proves that it is the same one.
   */
  takeIn(
    workspace: {
      readonly id: string;
      readonly brand: string;
      readonly name: string;
      readonly identitySecret: string;
      readonly claim: string | null;
    },
    by: Session | null,
  ): Promise<Result<OpenedSession, { readonly kind: 'workspace-exists' | 'unknown-claim' | 'not-allowed' }>>;
  /** Everything has arrived: from now on it is a workspace like any other. */
  settleIn(workspace: string, member: string): Promise<void>;
  /** False when it is not arriving. The caller removes documents and blobs. */
  giveUp(workspace: string): Promise<boolean>;

  invite(
    by: Actor,
    invitation: { readonly role: Role; readonly days: number; readonly uses: number },
  ): Promise<Result<InvitationRecord & { readonly token: string }, { readonly kind: 'not-allowed' }>>;
  listInvitations(workspace: string): Promise<readonly InvitationRecord[]>;
  /**
   * Lets a member who lost their devices in again, as who they are; for owners. Their sessions end, for the device may be
   * in other hands; their passkeys stay until they remove them.
   */
  inviteBack(
    by: Actor,
    member: string,
  ): Promise<
    Result<
      InvitationRecord & { readonly token: string },
      NotFound | { readonly kind: 'not-allowed' | 'belongs-elsewhere' }
    >
  >;
  /**
   * For who runs the server, when no owner is left who could let another in: as `inviteBack`, for an hour. Brand and owner
   * by id or name; either may be left out where there is one.
   */
  linkOwner(wanted: OwnerWanted): Promise<Result<OwnerLink, OwnerUnclear>>;
  removeInvitation(workspace: string, id: string): Promise<Result<void, NotFound>>;
  /** With the name of the member it was made for, if it was made for one, and its workspace for who is in there. */
  lookAtInvitation(
    token: string,
    by: Session | null,
  ): Promise<
    Result<
      { readonly brand: string; readonly role: Role; readonly name?: string; readonly inside?: string },
      BadInvitation
    >
  >;
  /** `as`: the id of who is signed in, who stays that, or `another`, which ends their session; null: nobody is. */
  redeemInvitation(
    token: string,
    name: string,
    by: Session | null,
    as: string | null,
  ): Promise<Result<OpenedSession & { readonly workspace: string }, BadInvitation | Unclear>>;

  /** The demo has no sign-in: the caller has made sure that the request comes from this machine. */
  enterDemo(role: Role, name: string, by: Session | null): Promise<Result<OpenedSession, NotFound>>;

  listMembers(workspace: string): Promise<readonly MemberRecord[]>;
  changeMember(
    by: Actor,
    member: string,
    change: { readonly name?: string | undefined; readonly role?: Role | undefined },
  ): Promise<Result<MemberRecord, NotFound | { readonly kind: 'not-allowed' } | { readonly kind: 'last-owner' }>>;
  removeMember(
    by: Actor,
    member: string,
  ): Promise<Result<void, NotFound | { readonly kind: 'not-allowed' } | { readonly kind: 'last-owner' }>>;

  /** Appends to the workspace's audit log, which keeps a year. */
  audit(workspace: string, entry: Omit<AuditEntry, 'atMs'>): Promise<void>;
  /** Oldest first. */
  listAudit(workspace: string): Promise<readonly AuditEntry[]>;

  /** Called after the change is durable. */
  watch(listener: (change: AccessChange) => void): () => void;
}
