/** The floors of the page: a module imports only from floors below its own. */
import { expect, test } from "vitest";

const sources = import.meta.glob<string>("./**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** From the top down; what shares a line may import each other. */
const FLOORS = [["app", "main.tsx"], ["features"], ["api"], ["components", "i18n", "hooks", "lib"]];

function placeOf(path: string): readonly string[] {
  return path.replace(/^\.\//, "").split("/");
}

function floorOf(place: readonly string[]): number {
  return FLOORS.findIndex((floor) => floor.includes(place[0] ?? ""));
}

function importsOf(path: string, source: string): readonly (readonly string[])[] {
  const found = source.matchAll(/(?:from|import\()\s*"(@\/[^"]+|\.{1,2}\/[^"]+)"/g);
  return [...found].map(([, target = ""]) =>
    target.startsWith("@/")
      ? placeOf(target.slice(2))
      : placeOf(new URL(target, `file:///${path.replace(/^\.\//, "")}`).pathname.slice(1)),
  );
}

const modules = Object.entries(sources).filter(
  ([path]) => !path.includes(".test.") && !path.startsWith("./test/"),
);

test("a module imports only from its own floor and those below", () => {
  const offences = modules.flatMap(([path, source]) =>
    importsOf(path, source)
      .filter((target) => floorOf(target) < floorOf(placeOf(path)))
      .map((target) => `${path} → ${target.join("/")}`),
  );
  expect(offences).toEqual([]);
});

test("a feature does not import another feature", () => {
  const offences = modules.flatMap(([path, source]) => {
    const [floor, feature] = placeOf(path);
    return importsOf(path, source)
      .filter(([f, name]) => floor === "features" && f === "features" && name !== feature)
      .map((target) => `${path} → ${target.join("/")}`);
  });
  expect(offences).toEqual([]);
});

test("the modules are found", () => {
  expect(modules.length).toBeGreaterThan(20);
});
