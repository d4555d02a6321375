/**
 * Collects the people of one group: each candidate is either planned or left out under exactly one reason. Checks
 * what every message needs: a decision already taken, an open complaint, consent, the weekly cap, the hold-out arm.
 */
import type { Decision } from '../datasets/fact.ts';
import { checkReach } from '../outreach/check-reach.ts';
import { assignArm } from '../segments/assign-arm.ts';
import type { CustomerId } from '../units/ids.ts';
import { chooseContent } from './choose-content.ts';
import { decisionId, type FollowUpRule } from './decision-id.ts';
import {
  type Coupon,
  type FollowUpGroup,
  type FollowUpStep,
  type LeftOutReason,
  type PlannedMessage,
  type Reason,
  isHandled,
} from './follow-up.ts';
import { sentThisWeek } from './sent-this-week.ts';
import type { ClipChoice, FollowUpInput } from './plan-follow-up.ts';

export interface Candidate {
  readonly customer: number;
  readonly step: FollowUpStep;
  readonly purpose: 'marketing' | 'service';
  readonly product: number;
  readonly coupon: Coupon;
  /** Those that fit; one of the person's kind is taken before any other. */
  readonly clips: readonly ClipChoice[];
  readonly reason: Reason;
  /** The earliest moment it makes sense. */
  readonly fromMs: number;
  readonly deadlineMs: number;
  readonly actedMs: number | null;
}

export class PlanSheet {
  readonly input: FollowUpInput;
  readonly rule: FollowUpRule;
  readonly #complaints: ReadonlySet<number>;
  readonly #decisionById = new Map<string, Decision>();
  readonly #people: PlannedMessage[] = [];
  readonly #holdOut: PlannedMessage[] = [];
  readonly #leftOut = new Map<LeftOutReason, number>();

  constructor(input: FollowUpInput, rule: FollowUpRule, complaints: ReadonlySet<number>) {
    this.input = input;
    this.rule = rule;
    this.#complaints = complaints;
    for (const decision of input.ledger.decisionsOfCampaign(input.broadcast.campaign)) {
      if (decision.rule === rule) this.#decisionById.set(decision.decision, decision);
    }
  }

  leaveOut(reason: LeftOutReason): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
  }

  /** Whether somebody already copied or sent this message. */
  isHandled(customer: number, step: FollowUpStep): boolean {
    const decision = this.#decisionById.get(this.#idOf(customer, step));
    return decision !== undefined && decision.arm === 'act' && isHandled(decision.state);
  }

  add(candidate: Candidate): void {
    const { ledger, beliefs, preference, nowMs, holdOutShare, broadcast } = this.input;
    if (ledger.isExcluded(candidate.customer)) return this.leaveOut('excluded');
    const person = ledger.customer(candidate.customer);
    const id = this.#idOf(candidate.customer, candidate.step);
    const decision = this.#decisionById.get(id);
    const isDone = decision !== undefined && decision.arm === 'act' && isHandled(decision.state);
    const isMarketing = candidate.purpose === 'marketing';
    if (isMarketing && !isDone && this.#complaints.has(candidate.customer)) return this.leaveOut('open-complaint');
    const reach = checkReach(ledger, {
      customer: candidate.customer,
      purpose: candidate.purpose,
      atMs: Math.max(nowMs, candidate.fromMs),
      actedMs: candidate.actedMs,
      sentThisWeek: isMarketing
        ? sentThisWeek(
            ledger,
            candidate.customer,
            nowMs,
            ({ campaign, rule }) => campaign === broadcast.campaign && rule === this.rule,
          )
        : 0,
    });
    if (reach.kind === 'closed' && !isDone) return this.leaveOut(reach.reason);
    const arm = isDone
      ? 'act'
      : isMarketing
        ? assignArm(`${broadcast.campaign}/${this.rule}`, person.id, holdOutShare)
        : 'act';
    const product = candidate.product < 0 ? null : ledger.product(candidate.product);
    const content = chooseContent(ledger, beliefs, preference, candidate.customer);
    const clip =
      candidate.clips.find((one) => one.content !== '' && one.content === content.kind) ?? candidate.clips[0];
    const message: PlannedMessage = {
      decision: id,
      rule: this.rule,
      step: candidate.step,
      customer: person.id as CustomerId,
      alias: person.alias,
      maskedPhone: person.maskedPhone,
      arm,
      channel: reach.kind === 'open' ? reach.channel : 'manual',
      product: product ? product.productId || (product.items[0] ?? '') : '',
      productName: product?.name ?? '',
      coupon: candidate.coupon,
      clip: clip?.id ?? '',
      content,
      reason: candidate.reason,
      notBeforeMs: reach.kind === 'open' ? reach.notBeforeMs : candidate.fromMs,
      deadlineMs: candidate.deadlineMs,
      state: decision?.arm === 'act' ? decision.state : 'planned',
      version: decision?.version ?? 0,
      atMs: decision?.atMs ?? null,
      byMember: decision?.byMember ?? '',
    };
    if (arm === 'hold-out') this.#holdOut.push(message);
    else this.#people.push(message);
  }

  group(deadlineMs: number): FollowUpGroup {
    const leftOut = [...this.#leftOut].map(([reason, people]) => ({ reason, people }));
    if (this.#holdOut.length > 0) leftOut.push({ reason: 'hold-out', people: this.#holdOut.length });
    leftOut.sort((a, b) => b.people - a.people || (a.reason < b.reason ? -1 : 1));
    const people = this.#people.toSorted((a, b) => a.deadlineMs - b.deadlineMs);
    return { rule: this.rule, deadlineMs, people, holdOut: this.#holdOut, leftOut };
  }

  #idOf(customer: number, step: FollowUpStep): string {
    const { ledger, broadcast } = this.input;
    return decisionId(
      broadcast.campaign,
      this.rule,
      ledger.customer(customer).id,
      this.rule === 'follow-up/ordered' ? step : '',
    );
  }
}
