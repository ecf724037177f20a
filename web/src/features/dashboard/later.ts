/** The parts of the dashboard that follow the first view, in one file. */
export { AccountMarks } from "./annotations/AccountMarks";
export { Details } from "./Details";
