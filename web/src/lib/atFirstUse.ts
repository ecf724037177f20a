/** Return a maker of one value, for formats of `Intl`: a browser takes milliseconds to make one. */
export function atFirstUse<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}
