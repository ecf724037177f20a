const WIDTH = 96;
const HEIGHT = 22;

interface Props {
  readonly values: readonly number[];
  readonly color: string;
  readonly label: string;
}

/** Small bars over the range: sums of equal parts, so that a quiet stretch reads as quiet. */
export function Trend({ values, color, label }: Props) {
  const highest = Math.max(1e-9, ...values);
  const slot = WIDTH / values.length;
  const bars = values.flatMap((value, at) => {
    if (value <= 0) return [];
    const height = Math.max(1.5, (value / highest) * HEIGHT);
    const x = (at * slot).toFixed(1);
    return [
      `M${x} ${(HEIGHT - height).toFixed(1)}h${(slot - 1).toFixed(1)}V${HEIGHT}h-${(slot - 1).toFixed(1)}z`,
    ];
  });
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <path d={bars.join("")} fill={color} />
      <path d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} className="stroke-line" />
    </svg>
  );
}
