/** The small pictures of the figures; decorative, the figures say it in words. */

const WIDTH = 240;
const HEIGHT = 30;

interface RunningProps {
  readonly today: readonly number[];
  readonly before: readonly number[];
  /** The parts of a whole day. */
  readonly parts: number;
}

/** Today's running total over yesterday's, which is dotted and spans the whole day. */
export function RunningSpark({ today, before, parts }: RunningProps) {
  const highest = Math.max(1, today.at(-1) ?? 0, before.at(-1) ?? 0);
  const x = (at: number) => (((at + 1) / parts) * (WIDTH - 8)).toFixed(1);
  const y = (value: number) => (HEIGHT - 2 - (value / highest) * (HEIGHT - 7)).toFixed(1);
  const path = (values: readonly number[]) =>
    values.reduce((d, value, at) => `${d}L${x(at)} ${y(value)}`, `M0 ${HEIGHT - 2}`);
  const last = today.length - 1;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7.5 w-full overflow-visible"
    >
      <path
        d={path(before)}
        className="fill-none stroke-faint opacity-60"
        strokeDasharray="1.5 3.5"
        strokeWidth="1.25"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={`${path(today)}L${x(last)} ${HEIGHT - 2}z`}
        className="fill-accent opacity-10"
        stroke="none"
      />
      <path
        d={path(today)}
        className="fill-none stroke-accent"
        strokeWidth="1.75"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={`M${x(last)} ${y(today[last] ?? 0)}h0`}
        className="stroke-accent"
        strokeWidth="8"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

interface BarsProps {
  readonly values: readonly number[];
  /** The number of bars, from the end, that the figure is of. */
  readonly marked: number;
}

/** Bars of the last hour; those that the rate is of in the accent. A few bars are not wide. */
export function BarSpark({ values, marked }: BarsProps) {
  const highest = Math.max(1e-9, ...values.map(Math.sqrt));
  return (
    <span aria-hidden="true" className="flex h-7.5 w-full items-end gap-[2px]">
      {values.map((value, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are places in time
          key={at}
          className={`h-full max-w-1/12 flex-1 origin-bottom rounded-[1px] forced-color-adjust-none ${
            at >= values.length - marked ? "bg-accent" : "bg-line-strong opacity-50"
          }`}
          style={{ transform: `scaleY(${Math.max(0.05, Math.sqrt(value) / highest)})` }}
        />
      ))}
    </span>
  );
}

interface BulletProps {
  /** The usual range and the value, in percent of the track. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** A value on a track with its usual range. */
export function Bullet({ from, to, at }: BulletProps) {
  return (
    <span aria-hidden="true" className="relative mb-2.5 block h-2.5 w-full rounded-full bg-sunken">
      <span
        className="absolute inset-y-0 min-w-1 rounded-full bg-line-strong forced-color-adjust-none"
        style={{ left: `${from}%`, width: `${to - from}%` }}
      />
      <span
        className="absolute -inset-y-1 w-1 -translate-x-1/2 rounded-full bg-accent forced-color-adjust-none"
        style={{ left: `max(2px, ${at}%)` }}
      />
    </span>
  );
}

interface ShareProps {
  readonly parts: readonly {
    readonly key: string;
    readonly share: number;
    readonly color: string;
  }[];
}

/** One bar of all shares. */
export function ShareBar({ parts }: ShareProps) {
  return (
    <span aria-hidden="true" className="flex h-1.5 w-full gap-[2px] overflow-hidden rounded-full">
      {parts.map(({ key, share, color }) => (
        <span
          key={key}
          className="h-full min-w-[3px] rounded-[2px] forced-color-adjust-none"
          style={{ flexGrow: Math.max(share, 0.004), background: color }}
        />
      ))}
    </span>
  );
}
