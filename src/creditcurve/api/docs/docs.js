// Renders openapi.json. All text is inserted as text, never as HTML.

const byId = id => document.getElementById(id);

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.flat());
  return made;
}

/** Text with `code` between backquotes. */
function prose(text = "") {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

const anchor = (method, path) => `${method}${path.replaceAll("/", "-")}`;
const nameOf = reference => reference.split("/").at(-1);

function joined(parts, separator) {
  return parts.flatMap((part, index) => (index ? [separator, ...part] : part));
}

/** The kind of a value in a few words; named types are links. */
function kind(schema = {}) {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return [element("a", { href: `#${name}` }, name)];
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return joined(choices.map(kind), " or ");
  if (schema.enum) return joined(schema.enum.map(value => [element("code", {}, String(value))]), " · ");
  if (schema.type === "array") return ["list of ", ...kind(schema.items)];
  return [String(schema.type ?? "any")];
}

/** Kind, bounds and meaning of a value. */
function described(schema) {
  const bounds = [["minimum", "from"], ["maximum", "to"], ["default", "default"]]
    .filter(([key]) => schema[key] !== undefined && schema[key] !== null)
    .map(([key, word]) => `${word} ${JSON.stringify(schema[key])}`);
  const lines = [...kind(schema), " ", element("small", {}, bounds.join(" "))];
  if (schema.description) lines.push(element("br"), ...prose(schema.description));
  return lines;
}

/** The content of a body or an answer: its type, or its media type if it has no named type. */
function content(part = {}) {
  const types = Object.entries(part.content ?? {}).map(([media, { schema = {} }]) =>
    schema.$ref ? kind(schema) : [element("code", {}, media)],
  );
  return joined(types, " ");
}

function table(title, rows) {
  if (rows.length === 0) return [];
  const lines = rows.map(([name, cell]) =>
    element("tr", {}, element("td", {}, element("code", {}, name)), element("td", {}, cell)),
  );
  return [element("h4", {}, title), element("table", {}, element("tbody", {}, lines))];
}

function call(method, path, operation) {
  const parameters = (operation.parameters ?? []).map(one => [one.name, described(one.schema)]);
  const body = operation.requestBody ? [["", content(operation.requestBody)]] : [];
  const answers = Object.entries(operation.responses).map(([status, answer]) => [
    status,
    [...prose(answer.description), " ", ...content(answer)],
  ]);
  return element(
    "section",
    { id: anchor(method, path) },
    element("h3", {}, element("span", { className: "method" }, method.toUpperCase()), " ", element("code", {}, path)),
    element("p", {}, prose(operation.summary)),
    operation.description ? element("p", {}, prose(operation.description)) : [],
    table("Parameters", parameters),
    table("Body", body),
    table("Answers", answers),
  );
}

function type(name, schema) {
  const fields = Object.entries(schema.properties ?? {}).map(([field, one]) => [field, described(one)]);
  const about = fields.length ? prose(schema.description) : described(schema);
  return element("section", { id: name }, element("h3", {}, name), element("p", {}, about), table("Fields", fields));
}

function render({ info, paths, components }) {
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => [method, path, operation]),
  );
  const types = Object.entries(components.schemas);
  document.title = `${info.title} ${info.version} · API`;
  byId("title").textContent = document.title;
  byId("description").append(...prose(info.description));
  byId("calls").append(...calls.map(one => call(...one)));
  byId("types").append(...types.map(one => type(...one)));
  byId("calls-contents").append(
    ...calls.map(([method, path]) => {
      const label = element("span", { className: "method" }, method.toUpperCase());
      return element("li", {}, element("a", { href: `#${anchor(method, path)}` }, label, path.replace("/api", "")));
    }),
  );
  byId("types-contents").append(
    ...types.map(([name]) => element("li", {}, element("a", { href: `#${name}` }, name))),
  );
}

const answer = await fetch("openapi.json");
if (answer.ok) {
  render(await answer.json());
} else {
  const failure = byId("failure");
  failure.textContent = `openapi.json could not be read (${answer.status}). Open CreditCurve and enter the access key first.`;
  failure.hidden = false;
}
