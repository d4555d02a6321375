/** Files of the build folder: found by path, in the best encoding the browser takes. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type AppAddresses, parseAppAddresses } from './app-addresses.ts';
import { inlineScriptHashes } from './security-headers.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface BuiltFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly encoding: 'br' | 'gzip' | null;
  readonly etag: string;
}

export interface Shell {
  readonly html: string;
  readonly isAddress: AppAddresses;
  readonly scriptHashes: readonly string[];
}

export interface BuiltFiles {
  find(path: string, acceptEncoding: string): Promise<BuiltFile | null>;
  /** Null while there is no build. */
  shell(): Promise<Shell | null>;
}

/** Written by the build, beside the shell. */
const addressesFile = 'addresses.json';

const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

export const createBuiltFiles = (folder: string): BuiltFiles => {
  let shell: (Shell & { readonly modifiedMs: number }) | null = null;
  return {
    find: async (path, acceptEncoding) => {
      const file = placeIn(folder, path);
      const type = file && contentTypes[extname(file)];
      if (!file || !type) return null;
      for (const { name, suffix } of encodings) {
        if (!new RegExp(`\\b${name}\\b`).test(acceptEncoding)) continue;
        const found = await readBuilt(file + suffix);
        if (found) return { ...found, type, encoding: name };
      }
      const found = await readBuilt(file);
      return found && { ...found, type, encoding: null };
    },
    shell: async () => {
      const path = join(folder, 'index.html');
      const modifiedMs = (await statFile(path))?.mtimeMs;
      if (modifiedMs === undefined) return null;
      if (shell?.modifiedMs === modifiedMs) return shell;
      const [html, addresses] = await Promise.all([
        readFile(path, 'utf8'),
        readFile(join(folder, addressesFile), 'utf8').catch(() => null),
      ]);
      if (addresses === null) return null;
      shell = { html, isAddress: parseAppAddresses(addresses), scriptHashes: inlineScriptHashes(html), modifiedMs };
      return shell;
    },
  };
};

/** The file a path names, or null for one that would leave the folder or names something hidden. */
const placeIn = (folder: string, path: string): string | null => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\') || /(^|\/)\./.test(decoded)) return null;
  const place = normalize(join(folder, decoded));
  return place.startsWith(normalize(folder) + sep) ? place : null;
};

const statFile = async (path: string): Promise<{ size: number; mtimeMs: number } | null> => {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found : null;
};

const readBuilt = async (path: string): Promise<Pick<BuiltFile, 'bytes' | 'etag'> | null> => {
  const info = await statFile(path);
  if (!info) return null;
  const bytes = await readFile(path).catch(() => null);
  return (
    bytes && {
      bytes: new Uint8Array(bytes),
      etag: `"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`,
    }
  );
};
