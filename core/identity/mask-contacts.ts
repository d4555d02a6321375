/**
 * Takes what reaches or names a person out of text that others will read: e-mail addresses, mobile numbers however they
 * are spaced, and any run of seven or more digits (landline, WeChat or QQ number, identity card, bank card, order).
 * One digit repeated is applause and stays; so do prices, amounts, times and dates with their marks.
 */
const email = /[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+/gu;
const spacedMobile = /(?<![\d０-９])[1１](?:[\s._·-]?[\d０-９]){10}(?![\d０-９])/gu;
const longNumber = /(?<![\d０-９])[\d０-９]{7,}[Xx]?/gu;

export const contactMask = '***';

export const maskContacts = (text: string): string =>
  [email, spacedMobile, longNumber].reduce(
    (left, pattern) => left.replace(pattern, (found) => (isApplause(found) ? found : contactMask)),
    text,
  );

export const hasContact = (text: string): boolean => maskContacts(text) !== text;

const isApplause = (found: string): boolean => new Set(found).size === 1;
