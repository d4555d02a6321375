/**
 * Moves the prompter on while it runs, at the chosen number of characters a minute. Only the host's screen does it;
 * the remote and the assistant steer the same document.
 */
import type { LiveRoom } from './live-room.svelte.ts';

const shortestMs = 1200;

export const runPrompter = (room: LiveRoom): void => {
  $effect(() => {
    const { isRunning, wordsAMinute, itemId } = room.prompter;
    const line = room.lines[room.line];
    if (!isRunning || line === undefined || itemId !== room.current?.id || !room.canAct || room.state !== 'on') return;
    const isLast = room.line >= room.lines.length - 1;
    const waitMs = Math.max(shortestMs, (line.length / Math.max(30, wordsAMinute)) * 60_000);
    const timer = setTimeout(() => (isLast ? room.run(false) : room.step(1)), waitMs);
    return () => clearTimeout(timer);
  });
};
