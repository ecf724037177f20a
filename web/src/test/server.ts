/** The mocked network; each test says what the server answers. */
import { setupServer } from "msw/node";

export const server = setupServer();
