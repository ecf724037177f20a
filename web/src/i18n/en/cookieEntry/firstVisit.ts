/** Texts of the first visit: welcome, the steps, the demo. */
export const firstVisit = {
  welcome: {
    title: "See your credit use live",
    intro:
      "CreditCurve reads your AICodeMirror usage with your own login cookie. Takes about 2 minutes.",
    readyTitle: "Cookie works",
    uncheckedTitle: "Cookie saved",
    readyIntro: "One click left. Your recent requests appear within seconds.",
    start: "Start collecting",
    startHint: (interval: string) => `Checks every ${interval}; pause any time from the top bar`,
    login: "Login",
    verified: "Verified with the site",
    unverified: "Not checked yet",
    expires: "Login expires",
    site: "Site",
    stored: "Stored",
    storedValue: "This machine, encrypted",
    another: "Use another cookie",
  },
  steps: {
    label: "How to get the cookie",
    open: {
      title: "Open the usage page",
      text: "Sign in to AICodeMirror in a browser on a computer.",
      link: "Open the usage page",
    },
    copy: {
      title: "Copy a request",
      text: "Press F12, open Network and reload. Right-click “usage”, then Copy → Copy as cURL.",
    },
    paste: {
      title: "Paste it here",
      text: "Paste everything; the cookie in it is found automatically.",
    },
    pictures: {
      usage: "Usage",
      elements: "Elements",
      console: "Console",
      network: "Network",
      name: "Name",
      status: "Status",
      open: "Open in new tab",
      copy: "Copy",
      copyUrl: "Copy URL",
      copyCurl: "Copy as cURL",
      copyFetch: "Copy as fetch",
    },
  },
  demo: {
    question: "Want to look first?",
    link: "Look around with demo data",
    hint: "A simulated site with made-up requests. Your own data is not touched.",
  },
};
