/** What was set aside; it loads with its sheet. */
export const quarantine = {
  title: "Set aside",
  intro:
    "What the site sent and could not be read, newest first, just as it came. It counts for nothing until an update of CreditCurve can read it; then it takes its place by itself.",
  list: "What was set aside, newest first",
  cut: "The beginning alone: the rest was too long to keep.",
  raw: (at: string, id: number) => `What came at ${at}, number ${id}`,
  copy: "Copy",
  copyOf: (at: string, id: number) => `Copy what came at ${at}, number ${id}`,
  copied: "Copied",
  notCopied: "The browser did not allow it",
  end: (count: string, isOne: boolean) => (isOne ? "That is the only one" : `That is all ${count}`),
  more: "Show more",
  none: "Nothing is set aside any more.",
  failed: "It could not be loaded.",
  failedMore: "No more could be loaded.",
  /** What was wrong, by the server's own words for it. */
  reasons: {
    "the answer is no list of rows": "The whole answer: it is not a list of requests",
    "the row is not an object": "Not a request at all, but something else",
    "the row holds NaN or Infinity, which are no JSON numbers":
      "It holds NaN or Infinity, which are no numbers",
    "the row is longer than 65,536 characters": "It is longer than 65,536 characters",
    "id: not an integer of 64 bits": "Its id is missing or not a whole number",
    "type: not a text": "Its type is missing or not a text",
    "endpoint: not a text": "Its endpoint is missing or not a text",
    "model: not a text": "Its model is not a text",
    "createdAt: missing or not a moment": "Its time is missing or not a time",
    "createdAt: not an ISO 8601 moment with its zone":
      "Its time cannot be read, or does not tell its zone",
    "createdAt: not between the year 2020 and tomorrow":
      "Its time lies before 2020 or after tomorrow",
    "creditsUsed: not a decimal number": "Its credits are missing or not a number",
    "credits: not a decimal number": "It holds a number that cannot be read",
    "credits: not a finite number": "It holds a number beyond all bounds",
    "credits: smaller than any number an IEEE double can hold":
      "It holds a number that is smaller than can be held",
    "credits: the number is longer than 64 characters":
      "It holds a number of more than 64 characters",
  },
};
