/**
 * Who may be written to now: asked of what this server holds, and never of the device that wants to send. A workspace's
 * ledger of identity and decisions is opened for its first message, refreshed before every answer that rests on it, and
 * let go when nothing was sent for ten minutes.
 */
import type { Decision } from '#core/datasets/fact.ts';
import { purposeOf } from '#core/journeys/purpose-of.ts';
import { sentThisWeek } from '#core/journeys/sent-this-week.ts';
import { channels } from '#core/outreach/channels.data.ts';
import { checkReach } from '#core/outreach/check-reach.ts';
import { type ServerLedger, type ServerLedgerDeps, openServerLedger } from '#sync-server/datasets/server-ledger.ts';
import type { ContactVault } from '#sync-server/vault/contact-vault.ts';
import type { ErasureList } from '#sync-server/vault/erasure-list.ts';
import type { Endpoint } from './endpoints.ts';

export interface PeopleDeps extends ServerLedgerDeps {
  readonly vault: Pick<ContactVault, 'read'>;
  readonly list: Pick<ErasureList, 'read'>;
  nowMs(): number;
}

export type ClosedReason =
  | 'excluded'
  | 'unknown-customer'
  | 'wrong-purpose'
  | 'refused'
  | 'no-consent'
  | 'weekly-cap'
  | 'no-contact'
  | 'sent-already';

export type Judgement =
  | {
      readonly kind: 'open';
      readonly notBeforeMs: number;
      /** How they are reached: ids of platforms, and the phone number where the endpoint gets it. */
      readonly to: Readonly<Record<string, string>>;
      /** The decision as the facts know it. */
      readonly known: Pick<Decision, 'state' | 'version'> | null;
    }
  | { readonly kind: 'closed'; readonly reason: ClosedReason };

interface OpenLedger {
  readonly people: ServerLedger;
  readMs: number;
  usedMs: number;
}

/** What was read less than this ago is not read again for the next message. */
const freshMs = 2000;
const letGoMs = 600_000;

export class People {
  readonly #deps: PeopleDeps;
  readonly #open = new Map<string, OpenLedger>();
  /** One workspace's readings go one after another. */
  readonly #turns = new Map<string, Promise<OpenLedger>>();

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  async judge(endpoint: Endpoint, decision: Decision): Promise<Judgement> {
    const { workspace } = endpoint;
    const { ledger } = (await this.#read(workspace)).people;
    const customer = ledger.denseCustomer(decision.customer);
    const ids = customer < 0 ? [decision.customer] : ledger.idsOf(customer);
    const erased = await this.#deps.list.read(workspace);
    // What they asked to have forgotten is as unknown as what never was.
    if (customer < 0 || ids.some((id) => erased.customers.has(id))) return closed('unknown-customer');
    if (ledger.isExcluded(customer)) return closed('excluded');
    const known = ledger.decisionsOfCustomer(customer).find((one) => one.decision === decision.decision);
    if (known?.state === 'confirmed') return closed('sent-already');
    const purpose = purposeOf(decision);
    const nowMs = this.#deps.nowMs();
    if (!channels.some(({ id, purposes }) => id === endpoint.channel && purposes.includes(purpose)))
      return closed('wrong-purpose');
    const isOwn = ({ campaign, rule }: Decision): boolean => campaign === decision.campaign && rule === decision.rule;
    const reach = checkReach(ledger, {
      customer,
      purpose,
      atMs: nowMs,
      actedMs: null,
      sentThisWeek: sentThisWeek(ledger, customer, nowMs, isOwn),
      through: endpoint.channel,
    });
    if (reach.kind === 'closed') return reach;
    const to = await this.#reachOf(endpoint, ids, ledger.keysOf(customer));
    if (Object.keys(to).length === 0) return closed('no-contact');
    return { kind: 'open', notBeforeMs: reach.notBeforeMs, to, known: known ?? null };
  }

  letGo(): void {
    for (const [workspace, { usedMs }] of this.#open)
      if (this.#deps.nowMs() - usedMs > letGoMs) this.#open.delete(workspace);
  }

  async #reachOf(
    { workspace, wantsPhone }: Endpoint,
    ids: readonly string[],
    keys: ReturnType<ServerLedger['ledger']['keysOf']>,
  ): Promise<Record<string, string>> {
    const given = keys.filter(({ keyKind }) => !['phone', 'email', 'masked-phone'].includes(keyKind));
    const to = Object.fromEntries(given.toReversed().map(({ keyKind, key }) => [keyKind, key]));
    if (!wantsPhone) return to;
    const { contacts } = await this.#deps.vault.read(workspace, ids);
    const phone = contacts.find(({ kind }) => kind === 'phone')?.clear;
    return phone === undefined ? {} : { ...to, phone };
  }

  #read(workspace: string): Promise<OpenLedger> {
    const before = this.#turns.get(workspace) ?? Promise.resolve(null);
    const turn = before.catch(() => null).then(() => this.#refresh(workspace));
    this.#turns.set(workspace, turn);
    return turn;
  }

  async #refresh(workspace: string): Promise<OpenLedger> {
    const nowMs = this.#deps.nowMs();
    const known = this.#open.get(workspace);
    if (!known) {
      const people = await openServerLedger(this.#deps, workspace, ['identity', 'decisions']);
      const opened = { people, readMs: nowMs, usedMs: nowMs };
      this.#open.set(workspace, opened);
      return opened;
    }
    if (Math.abs(nowMs - known.readMs) >= freshMs) {
      await known.people.refresh();
      known.readMs = nowMs;
    }
    known.usedMs = nowMs;
    return known;
  }
}

const closed = (reason: ClosedReason): Judgement => ({ kind: 'closed', reason });
