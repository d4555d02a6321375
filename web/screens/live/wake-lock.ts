/** Keeps the screen on while the page is visible. Answers through `changed` whether it holds; the platform may refuse. */
export const keepAwake = (changed: (isHeld: boolean) => void): (() => void) => {
  let lock: WakeLockSentinel | null = null;
  let isClosed = false;
  const ask = async (): Promise<void> => {
    if (isClosed || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => changed(false));
      changed(true);
    } catch {
      changed(false);
    }
  };
  const seen = (): void => void ask();
  document.addEventListener('visibilitychange', seen);
  void ask();
  return () => {
    isClosed = true;
    document.removeEventListener('visibilitychange', seen);
    void lock?.release();
  };
};
