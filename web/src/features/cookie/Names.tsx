/** The names of cookies: never a value. */
export function Names({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p>{title}</p>
      {names.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {names.map((name) => (
            <li
              key={name}
              className="max-w-full truncate rounded-md border border-line bg-surface px-1.5 py-0.5 font-mono text-2xs text-muted"
            >
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
