/** An address that means this very computer, so nothing to any other. */
export const isLoopbackAddress = (address: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
