/** `bench insight` in a worker: fetches the file it is told and posts each figure. */
import { runInsight } from './insight-run.ts';

const scope = globalThis as unknown as {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<string>) => void) | null;
};

scope.onmessage = ({ data }) => {
  const settle = (): Promise<void> => {
    (globalThis as { gc?: () => void }).gc?.();
    return new Promise((resolve) => setTimeout(resolve, 1000));
  };
  runInsight({
    bytes: () => read(data),
    now: () => performance.now(),
    say: (figure) => scope.postMessage({ figure }),
    loaded: async (bytes) => {
      await settle();
      scope.postMessage({ bytes });
      // The page measures the process meanwhile.
      await settle();
    },
  }).then(
    () => scope.postMessage({ done: true }),
    (error: unknown) => scope.postMessage({ failed: String(error) }),
  );
};

async function* read(address: string): AsyncGenerator<Uint8Array> {
  const { body } = await fetch(address);
  const reader = body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
