/**
 * Fails if a catalogue contains a text that no part of the page uses.
 *
 * Every property that the page reads under the name of a text is resolved by its type to its place
 * in the English catalogues. An object that is read by a computed key, or given under its name in
 * the catalogues where an index type is expected, uses all of its texts.
 */
import { relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(import.meta.dirname, "..");
const ENGLISH = resolve(ROOT, "src/i18n/en");

const program = programOf(resolve(ROOT, "tsconfig.json"));
const checker = program.getTypeChecker();
const used = new Set<ts.Node>();
const english = program.getSourceFiles().filter(({ fileName }) => isEnglish(fileName));
const properties = english.flatMap(propertiesIn);
const texts = properties.filter(isText);
/** The texts of each name, and those in the objects of each name. */
const textsNamed = new Map<string, ts.PropertyAssignment[]>();
const textsIn = new Map<string, ts.PropertyAssignment[]>();
for (const one of properties) {
  const [places, found] = isText(one) ? [textsNamed, [one]] : [textsIn, propertiesIn(one)];
  const name = one.name.getText();
  places.set(name, [...(places.get(name) ?? []), ...found.filter(isText)]);
}

// In the order of their costs: a type is resolved only where a text is still unused.
const pages = program.getSourceFiles().filter(({ fileName }) => isPage(fileName));
for (const use of [markRead, markBound, markComputed, markWhereIndexed]) {
  const visit = (node: ts.Node): void => {
    use(node);
    ts.forEachChild(node, visit);
  };
  for (const file of pages) visit(file);
}
for (const text of texts.filter((one) => !used.has(one))) {
  process.stderr.write(`unused text: ${nameOf(text)}\n`);
  process.exitCode = 1;
}

/**
 * The page without tests, and without libraries but React's types: reading the others takes far
 * longer than the check. A text that only their types lead to would be reported, not missed.
 */
function programOf(path: string): ts.Program {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, file) =>
    names.map(({ text }) =>
      /^(?:[.@]\/|\.\.\/|react(?:\/|$))/.test(text)
        ? ts.resolveModuleName(text, file, options, host)
        : { resolvedModule: undefined },
    );
  const pages = fileNames.filter((name) => isPage(name) && !name.includes("/src/test/"));
  return ts.createProgram(pages, { ...options, lib: ["lib.es2023.d.ts"], types: [] }, host);
}

function isEnglish(name: string): boolean {
  return resolve(name).startsWith(`${ENGLISH}/`);
}

function isPage(name: string): boolean {
  const path = relative(ROOT, name);
  return path.startsWith("src/") && !path.includes(".test.") && !path.startsWith("src/i18n/en/");
}

function markRead(node: ts.Node): void {
  if (!ts.isPropertyAccessExpression(node)) return;
  if (isSought(textsNamed, node.name.text)) mark(checker.getSymbolAtLocation(node.name));
}

function markBound(node: ts.Node): void {
  if (!ts.isBindingElement(node)) return;
  const name = node.propertyName ?? node.name;
  if (!ts.isIdentifier(name) || !isSought(textsNamed, name.text)) return;
  mark(checker.getTypeAtLocation(node.parent).getProperty(name.text));
}

function markComputed(node: ts.Node): void {
  if (!ts.isElementAccessExpression(node)) return;
  if (texts.some((text) => !used.has(text))) markAll(checker.getTypeAtLocation(node.expression));
}

/** Marks all texts of a value of which any property may be read. */
function markWhereIndexed(node: ts.Node): void {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  if (!ts.isIdentifier(name) || !isSought(textsIn, name.text) || !ts.isExpression(node)) return;
  const expected = checker.getContextualType(node);
  if (expected?.getStringIndexType()) markAll(checker.getTypeAtLocation(node));
}

function isSought(places: ReadonlyMap<string, readonly ts.Node[]>, name: string): boolean {
  return places.get(name)?.some((text) => !used.has(text)) ?? false;
}

function mark(symbol: ts.Symbol | undefined): void {
  for (const place of symbol?.declarations ?? []) used.add(place);
}

function markAll(type: ts.Type): void {
  for (const property of type.getProperties()) {
    const isText = property.declarations?.some((place) =>
      isEnglish(place.getSourceFile().fileName),
    );
    if (!isText) continue;
    mark(property);
    markAll(checker.getTypeOfSymbol(property));
  }
}

/** The properties of a catalogue, with those of its objects. */
function propertiesIn(node: ts.Node): readonly ts.PropertyAssignment[] {
  const properties: ts.PropertyAssignment[] = [];
  const collect = (child: ts.Node) => {
    if (ts.isPropertyAssignment(child)) properties.push(child);
    ts.forEachChild(child, collect);
  };
  collect(node);
  return properties;
}

function isText(property: ts.PropertyAssignment): boolean {
  return !ts.isObjectLiteralExpression(property.initializer);
}

function nameOf(text: ts.PropertyAssignment): string {
  const names: string[] = [];
  for (let node: ts.Node = text; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isPropertyAssignment(node)) names.unshift(node.name.getText());
  }
  return `${relative(ENGLISH, text.getSourceFile().fileName)}: ${names.join(".")}`;
}
