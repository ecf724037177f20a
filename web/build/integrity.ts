/**
 * Hashed names and `integrity` for every script of the page: a file that another program left in
 * the browser's cache at the same address is not run. The page's own tags have the hashes of what
 * loads first; an import map has those of the modules that load later. The server allows the
 * map by its hash in the content security policy.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

const THEME = "theme.js";
const ADDRESS = /<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]+)"/g;
const FETCHED = /\bsrc=|\brel="(?:stylesheet|modulepreload)"/;

type Output = Rolldown.OutputBundle[string];

function integrityOf(output: Output): string {
  const content = output.type === "chunk" ? output.code : output.source;
  return `sha384-${createHash("sha384").update(content).digest("base64")}`;
}

/** Add `integrity` to every script, style sheet and preloaded module of a page. */
function withIntegrity(html: string, bundle: Rolldown.OutputBundle): string {
  return html.replace(ADDRESS, (tag, file: string) => {
    const output = bundle[file];
    if (output === undefined || !FETCHED.test(tag)) return tag;
    return `${tag} integrity="${integrityOf(output)}"`;
  });
}

/** Return the tag of an import map with the hash of each module. */
function importMapOf(bundle: Rolldown.OutputBundle): string {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const hashes = chunks.map((chunk) => [`./${chunk.fileName}`, integrityOf(chunk)]);
  const map = JSON.stringify({ integrity: Object.fromEntries(hashes) });
  return `<script type="importmap">${map}</script>`;
}

export function integrity(): Plugin {
  let theme = "";
  return {
    name: "integrity",
    apply: "build",
    enforce: "post",
    buildStart() {
      theme = this.emitFile({ type: "asset", name: THEME, source: readFileSync(THEME) });
    },
    // After all chunks are final: a name that changes afterwards would change the hash.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") this.error("The build has no index.html.");
        const html = String(page.source).replace(`"/${THEME}"`, `"./${this.getFileName(theme)}"`);
        // Before the first module: a browser may ignore a map that comes later.
        page.source = withIntegrity(html, bundle).replace(
          "<script ",
          () => `${importMapOf(bundle)}\n    <script `,
        );
      },
    },
  };
}
