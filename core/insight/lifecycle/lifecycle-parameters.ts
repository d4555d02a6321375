/** Where the stages of the lifecycle begin. */
export interface LifecycleParameters {
  readonly overdueRatio: number;
  readonly loyalOrders: number;
  readonly consideringDays: number;
  /** Median days between orders over the shop: stands in while a customer has no interval of their own. */
  readonly shopIntervalDays: number;
}
