/**
 * One port for HTTPS and plain HTTP: the first byte of a TLS connection is 0x16, and no HTTP request starts with it.
 */
import { createServer, type Server, type Socket } from 'node:net';

export interface SplitTargets {
  readonly tls: Pick<Server, 'emit'>;
  /** Plain HTTP, by where it comes from. */
  plain(remoteAddress: string): Pick<Server, 'emit'>;
}

const tlsHandshake = 0x16;
/** Who says nothing is not kept waiting for. */
const silentMs = 10_000;

export const createSplitListener = ({ tls, plain }: SplitTargets): Server & { closeAll(): void } => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(silentMs, () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      const target = first[0] === tlsHandshake ? tls : plain(socket.remoteAddress ?? '');
      socket.unshift(first);
      target.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  return Object.assign(server, {
    closeAll: (): void => {
      for (const socket of sockets) socket.destroy();
    },
  });
};
