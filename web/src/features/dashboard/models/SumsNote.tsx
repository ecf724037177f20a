import type { Usage } from "@/api/types";
import { useMessages } from "@/i18n";

/** Why there is no median where the range is known by sums; nothing where it is not. */
export function SumsNote({ usage }: { usage: Usage }) {
  const { models } = useMessages().dashboard;
  if (usage.bucket_s === null) return null;
  return (
    <p className="border-t border-line px-4 py-2.5 text-xs text-faint">
      {usage.sums_before === null ? models.sumsOnly : models.sumsKept}
    </p>
  );
}
