export const crash = {
  about:
    "To report it, copy this report into an issue. It has versions, states and recent errors, but no cookie, key, name or address.",
  copy: "Copy report",
  copied: "Copied",
  notCopied: "Copying failed; use the command",
  orRun: "Or write it to a file on the server:",
  copyCommand: "Copy the command",
};
