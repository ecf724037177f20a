/** The command that starts the server. */
export const START = "creditcurve serve";
