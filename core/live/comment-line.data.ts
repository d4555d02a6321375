/** How a comment looks when copied from a screen. A name has no spaces, but for one before its pictures (`Ben 🍜: is it spicy`), and ends at a colon, or at a space after a time. */
export const timed =
  /^\[?(\d{1,2}):(\d{2})(?::(\d{2}))?\]?\s+(?:([^\s:：]{1,30} (?:\p{Extended_Pictographic}|\u200d|\ufe0f){1,8}(?=[:：])|[^\s:：]{1,30})(?:[:：]\s*|\s+))?(\S.*)$/u;
export const named = /^([^\s:：]{1,20}(?: (?:\p{Extended_Pictographic}|\u200d|\ufe0f){1,8})?)[:：]\s*(\S.*)$/u;
