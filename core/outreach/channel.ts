/** A channel as its platform describes it, dated: what it carries, who must press, what it counts. */
export const channelIds = ['wecom-1v1', 'community', 'sms', 'service-account', 'manual'] as const;
export type ChannelId = (typeof channelIds)[number];

export interface ChannelCapabilities {
  readonly id: ChannelId;
  /** One person at a time, or everybody in a group. */
  readonly reach: 'one-to-one' | 'group';
  /** What a message may be for. */
  readonly purposes: readonly ('marketing' | 'service')[];
  /** Characters; null where the platform names no limit. */
  readonly textLimit: number | null;
  /** A person must confirm each message: nothing goes out by itself. */
  readonly needsPerson: boolean;
  /** The platform's own cap for one person; null where it names none. */
  readonly perPerson: { readonly messages: number; readonly days: number } | null;
  /** Contents the platform refuses, as codes. */
  readonly forbids: readonly ('live' | 'coupon' | 'recall' | 'promotion' | 'link')[];
  readonly source: string;
  /** `yyyy-mm-dd`. */
  readonly readOn: string;
}
