/**
 * The size of what a visitor must load, held in the build.
 *
 * The shell is all JavaScript that stands before the curve; the curve adds the chart's own chunks.
 * Both are measured as they travel, gzipped, and the build fails when one grows past its budget.
 */
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const KB = 1000;

interface Budgets {
  /** Bytes that the shell may weigh. */
  readonly shell: number;
  /** Bytes that the shell and the curve may weigh together. */
  readonly withCurve: number;
  /** The module whose chunk is the curve. */
  readonly curveModule: string;
}

type Bundle = Rolldown.OutputBundle;

function chunkOf(bundle: Bundle, file: string): Rolldown.OutputChunk | undefined {
  const output = bundle[file];
  return output?.type === "chunk" ? output : undefined;
}

/** A chunk and all that it imports statically. */
function closure(bundle: Bundle, file: string, seen = new Set<string>()): Set<string> {
  const chunk = chunkOf(bundle, file);
  if (!chunk || seen.has(file)) return seen;
  seen.add(file);
  for (const imported of chunk.imports) closure(bundle, imported, seen);
  return seen;
}

function weight(bundle: Bundle, files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(chunkOf(bundle, file)?.code ?? "").length;
  return bytes;
}

export function sizeBudget(budgets: Budgets): Plugin {
  return {
    name: "size-budget",
    apply: "build",
    enforce: "post",
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const entry = chunks.find((chunk) => chunk.isEntry);
      const curve = chunks.find((chunk) =>
        chunk.moduleIds.some((id) => id.endsWith(budgets.curveModule)),
      );
      if (!entry || !curve) {
        this.error(`The build has no entry, or no chunk of its own for ${budgets.curveModule}.`);
      }
      const shell = closure(bundle, entry.fileName);
      const both = closure(bundle, curve.fileName, new Set(shell));
      const measured = [
        { name: "shell", bytes: weight(bundle, shell), limit: budgets.shell },
        { name: "shell with curve", bytes: weight(bundle, both), limit: budgets.withCurve },
      ];
      for (const { name, bytes, limit } of measured) {
        const sizes = `${(bytes / KB).toFixed(1)} kB of ${limit / KB} kB, gzip`;
        if (bytes > limit) this.error(`Over the budget: ${name} ${sizes}.`);
        this.info(`${name}: ${sizes}`);
      }
    },
  };
}
