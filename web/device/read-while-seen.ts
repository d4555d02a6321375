/** Reads again when somebody turns to the page, and every so often while it is seen. Answers what ends it. */
export const readWhileSeen = (read: () => void, everyMs: number): (() => void) => {
  const timer = setInterval(() => document.visibilityState === 'visible' && read(), everyMs);
  addEventListener('focus', read);
  return () => {
    clearInterval(timer);
    removeEventListener('focus', read);
  };
};
