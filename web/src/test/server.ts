/** The mocked network; each test gives the server's answers. */
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

/** Without an answer of the test, no usual spend is known, nothing is stored and no alert has fired. */
export const server = setupServer(
  // A part whose import a finished test has interrupted is loaded again, and asks this first.
  http.head("*/", () => new HttpResponse()),
  http.get("*/api/usual", () => HttpResponse.json([])),
  http.get("*/api/types", () => HttpResponse.json([])),
  http.get("*/api/alerts/episodes", () =>
    HttpResponse.json({ episodes: [], next: null, versions: { alerts: 0 } }),
  ),
);
