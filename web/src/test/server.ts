/** The mocked network; each test gives the server's answers. */
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

/** Without an answer of the test, too few hours were watched for a usual spend. */
export const server = setupServer(http.get("*/api/usual", () => HttpResponse.json([])));
