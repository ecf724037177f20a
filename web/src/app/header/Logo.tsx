/** The mark: a curve that ends in its current value. In a demo on a narrow phone, its tag has the place. */
export function Logo() {
  return (
    <svg
      viewBox="0 0 32 32"
      className="size-6 shrink-0 group-has-data-demo/header:max-[24rem]:hidden"
      aria-hidden="true"
    >
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M6 23 12 15.5 17 19 26 8.5"
        className="stroke-accent-ink"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="26" cy="8.5" r="2.6" className="fill-accent-ink" />
    </svg>
  );
}
