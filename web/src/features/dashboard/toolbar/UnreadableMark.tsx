import { TriangleAlert } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { changeAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";

/** The number of rows of the site that could not be read; leads to their list. */
export function UnreadableMark() {
  const { unreadable } = useMessages().dashboard;
  const format = useFormat();
  const count = useLiveState(({ status }) => status?.records.quarantined ?? 0);
  if (count === 0) return null;
  return (
    <button
      type="button"
      data-testid="unreadable"
      onClick={() => changeAddress({ dialog: "quarantine" })}
      className="relative inline-flex items-center gap-1 rounded-md font-medium text-warn figure-nums before:absolute before:-inset-y-3.5 before:-inset-x-1 before:content-[''] hover:underline"
    >
      <TriangleAlert size={13} aria-hidden="true" />
      <span>{unreadable(format.number(count), count)}</span>
    </button>
  );
}
