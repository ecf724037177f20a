"""The scripts of a hostile page.

Each is the body of an asynchronous function with the argument ``victim``, the program's address; it
returns the data that it could read. ``HELPERS`` comes before it.
"""

from typing import Final

HELPERS: Final = """
const settled = element => new Promise(done => {
  element.onload = element.onerror = () => done(element);
});
const placed = (tag, properties, parent = document.body) => {
  const element = Object.assign(document.createElement(tag), properties);
  const waiting = settled(element);
  parent.append(element);
  return waiting;
};
const read = async (path, options = {}) => {
  try {
    const answer = await fetch(victim + path, options);
    return await answer.text();
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
};
const json = (method, body, more = {}) => ({
  method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...more },
});
const framed = async properties => {
  const frame = await placed("iframe", properties);
  return frame.contentDocument?.body?.innerText ?? "";
};
const submitted = async (path, enctype, fields, method = "post") => {
  const frame = Object.assign(document.createElement("iframe"), { name: "sink" });
  document.body.append(frame);
  const waiting = settled(frame);
  const action = path.startsWith("/") ? victim + path : path.slice(1);
  const form = Object.assign(document.createElement("form"), {
    action, method, enctype, target: "sink",
  });
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
  await waiting;
  return frame.contentDocument?.body?.innerText ?? "";
};
const beaconed = async (path, body) => {
  const seen = new Promise(done => new PerformanceObserver(list => {
    if (list.getEntries().some(entry => entry.name === victim + path)) done();
  }).observe({ type: "resource" }));
  navigator.sendBeacon(victim + path, body);
  await seen;
  return "";
};
const listened = options => new Promise(done => {
  const source = new EventSource(victim + "/api/events", options);
  const end = text => { source.close(); done(text); };
  for (const name of ["status", "settings", "records", "message"])
    source.addEventListener(name, event => end(event.data));
  source.onerror = () => end("");
});
const received = make => new Promise(done => {
  addEventListener("message", event => done(event.data), { once: true });
  make();
});
const reporting = "<script>fetch('VICTIM/api/refresh', { method: 'POST' })" +
  ".then(answer => answer.text(), () => '').then(text => parent.postMessage(text, '*'))</script>";
const hostile = () => reporting.replace("VICTIM", victim);
"""

FROM_ANOTHER_PORT: Final = {
    "read the curve": 'return read("/api/usage")',
    "read the curve with credentials": 'return read("/api/usage", { credentials: "include" })',
    "read the curve without CORS": 'return read("/api/usage", { mode: "no-cors" })',
    "read the settings": 'return read("/api/settings")',
    "read the status": 'return read("/api/status")',
    "read the records": 'return read("/api/records")',
    "read an export": 'return read("/api/export?format=csv")',
    "read the metrics": 'return read("/metrics")',
    "read the page": 'return read("/")',
    "ask for the head alone": 'return read("/api/usage", { method: "HEAD" })',
    "replace the cookie": 'return read("/api/cookie", json("PUT", { cookie: "a=b" }))',
    "replace the cookie unasked": (
        'return read("/api/cookie", { method: "POST", mode: "no-cors", body: "{}" })'
    ),
    "delete the cookie": 'return read("/api/cookie", { method: "DELETE" })',
    "change a setting": 'return read("/api/settings", json("PATCH", { theme: "dark" }))',
    "end the session": 'return read("/api/session", { method: "DELETE" })',
    "override the method": (
        'return read("/api/settings", '
        'json("POST", { theme: "dark" }, { "x-http-method-override": "PATCH" }))'
    ),
    "refresh": 'return read("/api/refresh", { method: "POST" })',
    "refresh without CORS": 'return read("/api/refresh", { method: "POST", mode: "no-cors" })',
    "refresh as the page goes": (
        'return read("/api/refresh", { method: "POST", mode: "no-cors", keepalive: true })'
    ),
    "check the cookie": (
        'return read("/api/cookie/check", { method: "POST", mode: "no-cors", body: "" })'
    ),
    "open a session with text": (
        'return read("/api/session", { method: "POST", mode: "no-cors", body: \'{"key":"k"}\' })'
    ),
    "submit a form": (
        'return submitted("/api/refresh", "application/x-www-form-urlencoded", { a: "b" })'
    ),
    "submit a file form": 'return submitted("/api/refresh", "multipart/form-data", { a: "b" })',
    "submit JSON as text": (
        'return submitted("/api/settings", "text/plain", { \'{"theme":"dark","a":"\': \'"}\' })'
    ),
    "submit a form that names its method": (
        'return submitted("/api/cookie", "application/x-www-form-urlencoded", '
        '{ _method: "DELETE" })'
    ),
    "submit a form that is sent on": (
        'return submitted("=/bounce?" + victim + "/api/refresh", "text/plain", { a: "b" })'
    ),
    "send a beacon": 'return beaconed("/api/refresh", "text")',
    "send a beacon of JSON": (
        'return beaconed("/api/refresh", new Blob(["{}"], { type: "application/json" }))'
    ),
    "listen to the events": "return listened({})",
    "listen to the events with credentials": "return listened({ withCredentials: true })",
    "frame the page": 'return framed({ src: victim + "/" })',
    "frame the curve": 'return framed({ src: victim + "/api/usage" })',
    "refresh from a data address": (
        "return received(() => "
        'placed("iframe", { src: "data:text/html," + encodeURIComponent(hostile()) }))'
    ),
    "run the curve as a script": """
      let caught = "";
      window.onerror = text => { caught = text; return true; };
      await placed("script", { src: victim + "/api/usage" }, document.head);
      return caught.replace("Script error.", "")""",
    "run the curve as a module": (
        'await placed("script", { type: "module", src: victim + "/api/usage" }, document.head); '
        'return ""'
    ),
    "show the icon as an image": """
      const image = await placed("img", { src: victim + "/favicon.svg" });
      return image.naturalWidth ? "the image" : "" """,
    "show the curve as an image": """
      const image = await placed("img", { src: victim + "/api/usage" });
      return image.naturalWidth ? "the image" : "" """,
    "use the curve as a style": """
      const link = await placed("link", { rel: "stylesheet", href: victim + "/api/usage" });
      try { return [...link.sheet.cssRules].map(rule => rule.cssText).join(); }
      catch (error) { if (error.name === "SecurityError") return ""; throw error; }""",
    "embed the page": """
      const object = document.createElement("object");
      object.data = victim + "/";
      const waiting = settled(object);
      document.body.append(object);
      await waiting;
      return object.contentDocument?.body?.innerText ?? "" """,
    "embed the curve": """
      const embedded = await placed("embed", { src: victim + "/api/usage", type: "text/html" });
      return embedded.getSVGDocument()?.documentElement.textContent ?? "" """,
    "look at the curve ahead of time": (
        'await placed("link", { rel: "prefetch", href: victim + "/api/usage" }, document.head); '
        'return read("/api/usage", { mode: "no-cors", cache: "only-if-cached" }).catch(() => "")'
    ),
    "load the curve ahead of use": """
      const properties = { rel: "preload", as: "fetch", href: victim + "/api/usage" };
      await placed("link", properties, document.head);
      return read("/api/usage")""",
    "load the curve as a module ahead of use": (
        'await placed("link", { rel: "modulepreload", href: victim + "/api/usage" }, '
        'document.head); return ""'
    ),
    "use the curve as a font": """
      const face = new FontFace("stolen", `url(${victim}/api/usage)`);
      return face.load().then(() => "the font", () => "")""",
    "play the curve as a sound": """
      const sound = new Audio(victim + "/api/usage");
      return new Promise(done => {
        sound.onloadedmetadata = () => done("the sound");
        sound.onerror = () => done("");
      })""",
    "ping as a link is followed": """
      const seen = new Promise(done => new PerformanceObserver(list => {
        if (list.getEntries().some(entry => entry.name === victim + "/api/refresh")) done();
      }).observe({ type: "resource" }));
      const link = Object.assign(document.createElement("a"), {
        href: "#", ping: victim + "/api/refresh",
      });
      document.body.append(link);
      link.click();
      await seen;
      return "" """,
    "guess the key": 'return read("/api/status", { headers: { authorization: "Bearer guess" } })',
    "import the curve into a worker": """
      const code = `try { importScripts("${victim}/api/usage"); postMessage("ran"); }
        catch (error) { postMessage(error.name === "NetworkError" ? "" : error.message); }`;
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      return new Promise(done => { worker.onmessage = event => done(event.data); })""",
    "connect a socket": """
      const socket = new WebSocket(victim.replace("http", "ws") + "/api/events");
      return new Promise(done => {
        socket.onmessage = event => done(event.data);
        socket.onopen = () => done("open");
        socket.onerror = () => done("");
      })""",
}
"""By their goal; the hostile page differs from the program only in the port."""

AFTER_REBINDING: Final = {
    "read the curve": 'return read("/api/usage")',
    "read the page": 'return read("/")',
    "read an export": 'return read("/api/export?format=csv")',
    "read the health": 'return read("/api/health")',
    "listen to the events": "return listened({})",
    "change a setting": 'return read("/api/settings", json("PATCH", { theme: "dark" }))',
    "replace the cookie": (
        'return read("/api/cookie", json("PUT", { cookie: "a=b", verify: false }))'
    ),
    "delete the cookie": 'return read("/api/cookie", { method: "DELETE" })',
    "refresh": 'return read("/api/refresh", { method: "POST" })',
    "open a session": 'return read("/api/session", json("POST", { key: "k" }))',
    "frame the page": 'return framed({ src: victim + "/" })',
}
"""Here the page has the program's own origin; only the name in the Host header differs."""
