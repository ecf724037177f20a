import { useState } from "react";
import { Field, TextInput } from "@/components/ui/Field";
import { Segmented } from "@/components/ui/Segmented";
import { hostOf, originOf } from "@/lib/origin";
import { useCookieTexts } from "./texts";
import type { SiteChoice } from "./useSiteChoice";

const OTHER = "other";

/** The choice of the site that a cookie is for: the known addresses, or any other. */
export function SitePicker({ site }: { site: SiteChoice }) {
  const { site: texts } = useCookieTexts();
  const [isOther, setOther] = useState(false);
  if (site.isFixed) return null;
  const pick = (value: string) => {
    setOther(value === OTHER);
    if (value !== OTHER) site.choose(value);
  };
  const options = [
    ...site.choices.map((origin) => ({ value: origin, label: hostOf(origin) })),
    { value: OTHER, label: texts.other },
  ];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="text-xs text-muted">{texts.label}</span>
        <Segmented
          label={texts.label}
          value={isOther ? OTHER : site.origin}
          options={options}
          onChange={pick}
          className="max-w-full flex-wrap"
        />
      </div>
      {isOther && <OtherSite onChange={site.choose} />}
    </div>
  );
}

function OtherSite({ onChange }: { onChange: (origin: string) => void }) {
  const { site: texts } = useCookieTexts();
  const [text, setText] = useState("");
  const change = (typed: string) => {
    setText(typed);
    const origin = originOf(typed);
    if (origin !== null) onChange(origin);
  };
  return (
    <Field label={texts.otherLabel} hint={texts.hint}>
      {(control) => (
        <TextInput
          {...control}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
}
