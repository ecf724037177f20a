/**
 * Fails if the page has a fault of types, as `tsc --noEmit` does, or if a catalogue contains a text
 * that no part of the page uses. Both need all types, so they share one program.
 *
 * Every property that the page reads is resolved by its type to its place in the English
 * catalogues. An object that is read by a computed key, or where an index type is expected, uses
 * all of its texts.
 */
import { relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(import.meta.dirname, "..");
const ENGLISH = resolve(ROOT, "src/i18n/en");
const FORMAT: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => "\n",
};

const program = programOf(resolve(ROOT, "tsconfig.json"));
const checker = program.getTypeChecker();
const used = new Set<ts.Node>();

for (const file of program.getSourceFiles()) {
  if (isPage(file.fileName)) visit(file);
}
const unused = program
  .getSourceFiles()
  .filter(({ fileName }) => isEnglish(fileName))
  .flatMap((file) => textsIn(file).filter((text) => !used.has(text)));
const faults = ts.getPreEmitDiagnostics(program);
process.stderr.write(ts.formatDiagnostics(faults, FORMAT));
for (const text of unused) process.stderr.write(`unused text: ${nameOf(text)}\n`);
process.exitCode = faults.length + unused.length > 0 ? 1 : 0;

function programOf(path: string): ts.Program {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(fileNames, options);
}

function isEnglish(name: string): boolean {
  return resolve(name).startsWith(`${ENGLISH}/`);
}

function isPage(name: string): boolean {
  const path = relative(ROOT, name);
  return path.startsWith("src/") && !path.includes(".test.") && !path.startsWith("src/i18n/en/");
}

function visit(node: ts.Node): void {
  if (ts.isPropertyAccessExpression(node)) mark(checker.getSymbolAtLocation(node.name));
  else if (ts.isBindingElement(node)) markBound(node);
  else if (ts.isElementAccessExpression(node)) markAll(checker.getTypeAtLocation(node.expression));
  if (ts.isExpression(node) && isIndexed(checker.getContextualType(node))) {
    markAll(checker.getTypeAtLocation(node));
  }
  ts.forEachChild(node, visit);
}

function mark(symbol: ts.Symbol | undefined): void {
  for (const place of symbol?.declarations ?? []) used.add(place);
}

function markBound(node: ts.BindingElement): void {
  const name = node.propertyName ?? node.name;
  if (!ts.isIdentifier(name)) return;
  mark(checker.getTypeAtLocation(node.parent).getProperty(name.text));
}

/** Whether all properties of a value may be read by their names. */
function isIndexed(type: ts.Type | undefined): boolean {
  return type?.getStringIndexType() !== undefined;
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

/** The properties of a catalogue that contain no further ones. */
function textsIn(node: ts.Node): readonly ts.PropertyAssignment[] {
  const texts: ts.PropertyAssignment[] = [];
  const collect = (child: ts.Node) => {
    const isProperty = ts.isPropertyAssignment(child);
    if (isProperty && !ts.isObjectLiteralExpression(child.initializer)) texts.push(child);
    else ts.forEachChild(child, collect);
  };
  collect(node);
  return texts;
}

function nameOf(text: ts.PropertyAssignment): string {
  const names: string[] = [];
  for (let node: ts.Node = text; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isPropertyAssignment(node)) names.unshift(node.name.getText());
  }
  return `${relative(ENGLISH, text.getSourceFile().fileName)}: ${names.join(".")}`;
}
