/**
 * A workspace that lives on this device is held by every tab that has it open. Whoever moves it away asks them to let
 * go, waits until they have, and keeps others out meanwhile.
 */
const nameOf = (workspace: string): string => `larder/${workspace}/open`;

/** `asked`: somebody wants to move it. Returns how to let go. */
export const holdOpen = (workspace: string, asked: () => void): (() => void) => {
  const channel = new BroadcastChannel(nameOf(workspace));
  channel.onmessage = asked;
  let letGo = (): void => undefined;
  // Only where there are locks can anybody ask for one.
  void navigator.locks?.request(
    nameOf(workspace),
    { mode: 'shared' },
    () => new Promise<void>((resolve) => (letGo = resolve)),
  );
  return () => {
    channel.close();
    letGo();
  };
};

/** Runs `act` once no other tab has the workspace open. */
export const takeAlone = async (workspace: string, act: () => Promise<void>): Promise<void> => {
  const channel = new BroadcastChannel(nameOf(workspace));
  channel.postMessage('let go');
  channel.close();
  await navigator.locks.request(nameOf(workspace), act);
};
