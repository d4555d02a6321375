/** Counters in the text format of Prometheus. About the server as a whole: no workspace, no person. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Hono } from 'hono';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { ackBucketsMs } from '#sync-server/rooms/meters.ts';
import type { FitCounters } from '#sync-server/fitting/create-fitter.ts';
import type { RoomRegistry } from '#sync-server/rooms/room-registry.ts';

export interface MetricsDeps {
  readonly rooms: Pick<RoomRegistry, 'counters' | 'logCounters' | 'meters'>;
  readonly fits: Readonly<FitCounters>;
}

type Kind = 'gauge' | 'counter';

export const createMetricsRoutes = ({ rooms, fits }: MetricsDeps): RouteModule => {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const routes = new Hono<RequestContext>();
  routes.get('/metrics', (context) => {
    const { rooms: open, connections, skippedUpdates, unreadable } = rooms.counters();
    const { updates, bytes } = rooms.logCounters();
    const { meters } = rooms;
    const lines = (
      [
        ['rooms', 'gauge', 'Rooms open in this process', open],
        ['connections', 'gauge', 'Sockets in rooms', connections],
        ['received_bytes_total', 'counter', 'Bytes of messages received', meters.bytesHeard],
        ['sent_bytes_total', 'counter', 'Bytes of messages sent', meters.bytesSent],
        ['received_messages_total', 'counter', 'Messages received', meters.messagesHeard],
        ['resyncs_total', 'counter', 'Slow readers whose queue was replaced by one answer', meters.resyncs],
        ['failed_writes_total', 'counter', 'Updates and snapshots that storage refused', meters.failedWrites],
        ['log_updates', 'gauge', 'Updates after the last snapshot, of open rooms', updates],
        ['stored_bytes', 'gauge', 'Bytes of the newest snapshots and what followed, of open rooms', bytes],
        ['skipped_records', 'gauge', 'Stored updates of open rooms that could not be read', skippedUpdates],
        ['unreadable', 'gauge', 'Documents nobody can open, because what is stored of them is damaged', unreadable],
        ['fits_total', 'counter', 'Records of parameters fitted by this process', fits.fitted],
        ['failed_fits_total', 'counter', 'Fits that ended without an answer', fits.failed],
        ['fit_seconds_total', 'counter', 'Time of fits, each on a thread of its own', fits.seconds],
        ['resident_memory_bytes', 'gauge', 'Resident memory', process.memoryUsage.rss()],
        ['event_loop_delay_p99_seconds', 'gauge', 'Since the last reading', delay.percentile(99) / 1e9],
        ['uptime_seconds', 'gauge', 'Since the process began', Math.round(process.uptime())],
      ] as readonly (readonly [string, Kind, string, number])[]
    ).flatMap(([name, kind, help, value]) => [
      `# HELP larder_${name} ${help}`,
      `# TYPE larder_${name} ${kind}`,
      `larder_${name} ${value}`,
    ]);
    delay.reset();
    context.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    return context.body([...lines, ...ackLines(meters), ''].join('\n'));
  });
  return { routes };
};

const ackLines = ({ acks, ackMs, acksByBucket }: RoomRegistry['meters']): string[] => {
  let sum = 0;
  return [
    '# HELP larder_ack_seconds From hearing an update to acknowledging it, durable',
    '# TYPE larder_ack_seconds histogram',
    ...ackBucketsMs.map((most, at) => {
      sum += acksByBucket[at] ?? 0;
      return `larder_ack_seconds_bucket{le="${most / 1000}"} ${sum}`;
    }),
    `larder_ack_seconds_bucket{le="+Inf"} ${acks}`,
    `larder_ack_seconds_sum ${ackMs / 1000}`,
    `larder_ack_seconds_count ${acks}`,
  ];
};
