/** Makes and packs the demo brand off the main thread, so that the server answers meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { DemoOptions } from '#core/demo/create-demo-brand.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { packDemo } from './pack-demo.ts';

// Nothing of the demo is a contact detail, so its keys are hashed under no secret.
parentPort?.postMessage(await packDemo(createNodePlatform(new Uint8Array(32)), workerData as DemoOptions));
