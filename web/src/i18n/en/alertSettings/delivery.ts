/** Texts of quiet hours, digest and the page's address. */
export const delivery = {
  title: "Delivery",
  quiet: "Quiet hours",
  quietHint: "Only urgent alerts are sent; the others arrive together afterwards.",
  from: "From",
  to: "To",
  digest: "Morning digest",
  digestHint: "Yesterday's spend by model and key, balance, forecast and completeness.",
  digestAt: "Time of the digest",
  pageUrl: "Address of this page",
  pageUrlHint: "Messages link to it. Empty: the address that CreditCurve listens on.",
  pageUrlRefused: "Enter an address that begins with http:// or https://.",
  takeThis: (address: string) => `Use ${address}`,
  note: (zone: string) =>
    `Times of day are in the time zone ${zone}; messages are in the language of the settings.`,
};
