/** A test message, and the channel's answer. */
import { alerts } from "@/api/alerts";
import { useAlertCommand } from "@/api/useAlerts";

export type TestState =
  | { readonly kind: "none" | "sending" }
  | { readonly kind: "accepted"; readonly answer: string }
  | { readonly kind: "failed"; readonly answer: string };

export function useTest() {
  const { mutate, isPending, data, error, reset } = useAlertCommand(alerts.testChannel);
  const send = (channel: string) => {
    if (!isPending) mutate(channel);
  };
  return { send, reset, state: stateOf(isPending, data, error) };
}

function stateOf(
  isPending: boolean,
  data: { readonly status: number; readonly answer: string } | undefined,
  error: { readonly answer: string | undefined; readonly detail: string } | null,
): TestState {
  if (isPending) return { kind: "sending" };
  if (error) return { kind: "failed", answer: error.answer ?? error.detail };
  if (data) return { kind: "accepted", answer: data.answer || String(data.status) };
  return { kind: "none" };
}
