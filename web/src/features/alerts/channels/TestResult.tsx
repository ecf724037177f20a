import { CircleCheck, CircleX } from "lucide-react";
import { useAlertSettingsTexts } from "../settingsTexts";
import type { TestState } from "./useTest";

/** The channel's answer to a test message, in its own words. */
export function TestResult({ state }: { state: TestState }) {
  const { channels } = useAlertSettingsTexts();
  const isDone = state.kind === "accepted" || state.kind === "failed";
  const isAccepted = state.kind === "accepted";
  const Icon = isAccepted ? CircleCheck : CircleX;
  return (
    <div role="status">
      {isDone && (
        <div className="mt-2 flex animate-appear items-start gap-2 text-sm">
          <Icon
            size={16}
            aria-hidden="true"
            className={`mt-0.5 shrink-0 ${isAccepted ? "text-good" : "text-bad"}`}
          />
          <div className="min-w-0">
            <p className={isAccepted ? "text-good" : "text-bad"}>
              {isAccepted ? channels.accepted : channels.testFailed}
            </p>
            {state.answer && (
              <p className="text-xs break-words text-muted">
                <span>{channels.answered}</span> <code className="font-mono">{state.answer}</code>
              </p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
