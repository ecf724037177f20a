/**
 * Fetch the curve's chunk beside the shell: it is half of all bytes, and the page asks for it only
 * once the figures are painted. It is compiled and not run, with low priority, so that the
 * shell does not wait for it.
 */
import type { Plugin, Rolldown } from "vite";

function linksTo(chunk: Rolldown.OutputChunk, html: string): string {
  return [chunk.fileName, ...chunk.imports]
    .filter((file) => !html.includes(`"./${file}"`))
    .map((file) => `<link rel="modulepreload" crossorigin fetchpriority="low" href="./${file}">`)
    .join("\n    ");
}

/** Preload the chunk of a module that the page imports dynamically. */
export function preload(module: string): Plugin {
  return {
    name: "preload",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const page = bundle["index.html"];
        const chunk = Object.values(bundle).find(
          (output) => output.type === "chunk" && output.moduleIds.some((id) => id.endsWith(module)),
        );
        if (page?.type !== "asset" || chunk?.type !== "chunk") {
          this.error(`The build has no index.html, or no chunk of its own for ${module}.`);
        }
        const html = String(page.source);
        page.source = html.replace("</head>", `  ${linksTo(chunk, html)}\n  </head>`);
      },
    },
  };
}
