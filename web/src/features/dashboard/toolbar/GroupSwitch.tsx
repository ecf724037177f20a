import { useLiveState } from "@/api/LiveContext";
import { Segmented } from "@/components/ui/Segmented";
import { useAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import type { Group } from "@/lib/seriesNames";

/** The grouping of the lines: by model or by API key, where keys are known. */
export function GroupSwitch({ wide = false }: { readonly wide?: boolean }) {
  const { groups } = useMessages().dashboard;
  const [{ by }, changeAddress] = useAddress();
  const hasKeys = useLiveState(({ status }) => (status?.records.api_keys.length ?? 0) > 0);
  if (!hasKeys && by === "model") return null;
  return (
    <Segmented<Group>
      label={groups.label}
      value={by}
      options={[
        { value: "model", label: groups.model, name: groups.byModel },
        { value: "api_key", label: groups.key, name: groups.byKey },
      ]}
      onChange={(picked) => changeAddress({ by: picked })}
      wide={wide}
    />
  );
}
