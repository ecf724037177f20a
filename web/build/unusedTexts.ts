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
const texts = english.flatMap((file) => propertiesIn(file).filter(isText));
const namesOfTexts = new Set(texts.map(({ name }) => name.getText()));
const namesOfObjects = new Set(
  english
    .flatMap(propertiesIn)
    .filter((one) => !isText(one))
    .map(({ name }) => name.getText()),
);

for (const file of program.getSourceFiles()) {
  if (isPage(file.fileName)) visit(file);
}
for (const text of texts.filter((one) => !used.has(one))) {
  process.stderr.write(`unused text: ${nameOf(text)}\n`);
  process.exitCode = 1;
}

function programOf(path: string): ts.Program {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(fileNames.filter(isPage), options);
}

function isEnglish(name: string): boolean {
  return resolve(name).startsWith(`${ENGLISH}/`);
}

function isPage(name: string): boolean {
  const path = relative(ROOT, name);
  return path.startsWith("src/") && !path.includes(".test.") && !path.startsWith("src/i18n/en/");
}

function visit(node: ts.Node): void {
  if (ts.isPropertyAccessExpression(node)) {
    if (namesOfTexts.has(node.name.text)) mark(checker.getSymbolAtLocation(node.name));
    if (namesOfObjects.has(node.name.text)) markWhereIndexed(node);
  } else if (ts.isIdentifier(node) && namesOfObjects.has(node.text)) {
    if (ts.isExpression(node)) markWhereIndexed(node);
  } else if (ts.isBindingElement(node)) markBound(node);
  else if (ts.isElementAccessExpression(node)) markAll(checker.getTypeAtLocation(node.expression));
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

/** Marks all texts of a value of which any property may be read. */
function markWhereIndexed(node: ts.Expression): void {
  const expected = checker.getContextualType(node);
  if (expected?.getStringIndexType()) markAll(checker.getTypeAtLocation(node));
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
