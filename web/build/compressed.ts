/**
 * Leave a copy in brotli beside each text of the page. At its highest quality, brotli makes them a
 * seventh smaller than gzip, but takes seconds; the server only has to send the copies.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(?:css|html|js|svg|webmanifest)$/;
/** Shorter files fit into one packet in either form. */
const MIN_BYTES = 512;

/** By default, Node's brotli has its highest quality. */
const compress = promisify(brotliCompress);

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length >= MIN_BYTES) await writeFile(`${path}.br`, await compress(content));
}

export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(
        names.filter((name) => TEXT.test(name)).map((name) => compressFile(join(folder, name))),
      );
    },
  };
}
