/** The longest a name may be, in UTF-16 units. The server and the commands refuse what is longer; fields end there. */
export const nameLimits = {
  /** Of a member, and of a source of events. */
  person: 40,
  brand: 60,
  campaign: 60,
  /** Shops write long ones; what a file brings beyond it is cut. */
  product: 120,
} as const;
