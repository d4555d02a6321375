/** A token bucket that may go into debt: what is over the rate is not refused, it makes the sender wait. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #most: number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, most: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#tokens = most;
    this.#atMs = nowMs;
  }

  /** Takes tokens; answers for how many milliseconds the sender must pause. */
  take(count: number, nowMs: number): number {
    this.#tokens = Math.min(this.#most, this.#tokens + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    this.#tokens -= count;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000);
  }
}
