/** The mocked network; each test gives the server's answers. */
import { setupServer } from "msw/node";

export const server = setupServer();
