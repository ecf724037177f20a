/** The values that a channel's form sends to the server: an address and a secret. */
import type { Channel, ChannelKind } from "@/api/alerts";
import { type FieldName, FORMS, type Values } from "./forms";

/** Return the fields that are empty although they are needed; those of a stored channel are kept. */
export function missingFields(
  kind: ChannelKind,
  values: Values,
  stored?: Pick<Channel, "has_secret">,
): readonly FieldName[] {
  const isKept = stored !== undefined && !hasAddress(kind, values);
  return FORMS[kind].fields
    .filter(({ isOptional, isSecret }) => !isOptional && !(isSecret ? stored?.has_secret : isKept))
    .filter(({ name }) => !values[name]?.trim())
    .map(({ name }) => name);
}

/** Return what changes of a stored channel: without new values, address and secret are kept. */
export function changesOf(kind: ChannelKind, values: Values) {
  const { url, secret: entered } = targetOf(kind, values);
  return {
    ...(hasAddress(kind, values) && url !== null && { url }),
    ...(entered !== null && { secret: entered }),
  };
}

/** Whether the values make an address; that of ServerChan depends on its key. */
function hasAddress(kind: ChannelKind, values: Values): boolean {
  return FORMS[kind].fields.some(
    ({ name, isSecret }) => (!isSecret || kind === "serverchan") && values[name]?.trim(),
  );
}

/** Return the values for the server; `url` is null for a kind without an address. */
export function targetOf(kind: ChannelKind, values: Values) {
  const trimmed: Values = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.trim()]),
  );
  return { url: FORMS[kind].addressOf(trimmed) || null, secret: trimmed.secret || null };
}
