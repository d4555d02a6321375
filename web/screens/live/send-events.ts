/** Live events that a person pasted, to whoever counts this broadcast: the server, or this very device. */
import type { LiveEvent } from '#core/live/live-event.ts';
import { liveEventTypes } from '#core/live/live-event.ts';
import { askServer, type ServerAnswer } from '#web/workspace/session.ts';

export interface SentEvents {
  readonly accepted: number;
  readonly known: number;
}

const mostEvents = 900;
const typeOf = new Map(Object.entries(liveEventTypes).map(([type, name]) => [name as string, type]));

export const sendEvents = async (
  workspace: string,
  broadcast: string,
  events: readonly LiveEvent[],
): Promise<ServerAnswer<SentEvents>> => {
  let accepted = 0;
  let known = 0;
  for (let from = 0; from < events.length; from += mostEvents) {
    const path = `/api/workspaces/${workspace}/broadcasts/${broadcast}/events`;
    const answer = await askServer<SentEvents>('POST', path, events.slice(from, from + mostEvents).map(envelopeOf));
    if (!answer.ok) return answer;
    accepted += answer.value.accepted;
    known += answer.value.known;
  }
  return { ok: true, value: { accepted, known } };
};

function envelopeOf(event: LiveEvent): object {
  const [views, clicks, adds, orders] = event.counted?.counts ?? [];
  const data = {
    product_id: event.item || undefined,
    nickname: event.nickname || undefined,
    viewer_id: event.viewerKey || undefined,
    text: event.text || undefined,
    count: event.name === 'order-completed' ? event.count : undefined,
    total_fen: event.name === 'order-completed' ? event.amountFen : undefined,
    viewers: event.name === 'audience-sampled' ? event.value : undefined,
    ...(event.counted ? { views, clicks, adds, orders, span_seconds: event.counted.spanSeconds } : {}),
  };
  return {
    specversion: '1.0',
    source: event.source,
    id: event.id,
    type: typeOf.get(event.name),
    time: new Date(event.atMs).toISOString(),
    data,
  };
}
