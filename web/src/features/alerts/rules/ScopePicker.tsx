import { useQuery } from "@tanstack/react-query";
import type { Rule, RulePatch } from "@/api/alerts";
import { api } from "@/api/client";
import { useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import { Select } from "@/components/ui/Select";
import { shortNames } from "@/lib/modelNames";
import { HOUR_MS } from "@/lib/time";
import { useAlertSettingsTexts } from "../settingsTexts";

const NO_MODELS: readonly string[] = [];
const DAYS = 30;

interface Props {
  readonly rule: Rule;
  readonly onChange: (patch: RulePatch) => void;
}

/** Which requests a rule counts: all, those of one model, or those of one API key. */
export function ScopePicker({ rule, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const stored = useLiveState(({ status }) => status?.records.models ?? NO_MODELS);
  const models = withPicked(stored, rule.model);
  const keys = withPicked(useKeys(), rule.api_key);
  const names = shortNames(models);
  const pick = (value: string) => {
    const name = value.slice(1);
    onChange({
      model: value.startsWith("m") ? name : null,
      api_key: value.startsWith("k") ? name : null,
    });
  };
  return (
    <Select
      aria-label={rules.names.scope}
      value={optionOf(rule)}
      options={[
        { value: "", label: rules.everything },
        {
          label: rules.models,
          options: models.map((id) => ({ value: `m${id}`, label: names.get(id) ?? id })),
        },
        { label: rules.keys, options: keys.map((key) => ({ value: `k${key}`, label: key })) },
      ]}
      onChange={pick}
      className="max-w-60"
    />
  );
}

function optionOf({ model, api_key }: Rule): string {
  if (model !== null) return `m${model}`;
  return api_key === null ? "" : `k${api_key}`;
}

function withPicked(names: readonly string[], picked: string | null): readonly string[] {
  return picked === null || names.includes(picked) ? names : [...names, picked];
}

/** The API keys of the last days. */
function useKeys(): readonly string[] {
  const { data } = useQuery<readonly string[], Problem>({
    queryKey: ["alerts-keys"],
    queryFn: async ({ signal }) => {
      const hours = DAYS * 24;
      const usage = await api.usage({ hours, bucket: "86400", by: "api_key" }, signal);
      return usage.series.map(({ key }) => key).filter((key) => key !== "");
    },
    staleTime: HOUR_MS,
  });
  return data ?? NO_MODELS;
}
