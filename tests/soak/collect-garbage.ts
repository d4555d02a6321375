/** Loaded into the server under test: on SIGUSR2 V8 collects what is garbage and gives back the pages it keeps for later. */
process.on('SIGUSR2', () => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
