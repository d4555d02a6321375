/** The same page by this computer's name, where it was opened by its number; null everywhere else. */
import { isLoopbackAddress } from './is-loopback-address.ts';

export const namedAddress = (address: string): string | null => {
  const named = new URL(address);
  if (!isLoopbackAddress(address) || named.hostname === 'localhost') return null;
  named.hostname = 'localhost';
  return named.href;
};
