import type { ReactNode } from "react";
import type { ChartForm } from "@/components/chart/types";
import { Segmented } from "@/components/ui/Segmented";
import { useAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { GroupSwitch } from "../toolbar/GroupSwitch";
import { NeedsServer } from "../toolbar/NeedsServer";
import { RangePicker } from "../toolbar/RangePicker";
import { FORMS } from "./useView";

interface Props {
  readonly view: View;
  /** The choices. */
  readonly views: readonly View[];
  readonly pickView: (view: View) => void;
  readonly forms: ReactNode;
}

/** Range and view of the curve, with its arrangement where there is room. */
export function Tools({ view, views, pickView, forms }: Props) {
  const { curve } = useMessages().dashboard;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line p-2.5">
      <NeedsServer>
        <RangePicker />
      </NeedsServer>
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
        <div className="max-sm:hidden">{forms}</div>
        <div className="max-sm:hidden">
          <NeedsServer>
            <GroupSwitch />
          </NeedsServer>
        </div>
        <Segmented<View>
          label={curve.views}
          value={view}
          options={views.map((value) => ({
            value,
            name: curve[value],
            label: <Label view={value} />,
          }))}
          onChange={pickView}
          className="max-sm:flex-1"
          wide
        />
      </div>
    </div>
  );
}

function Label({ view }: { view: View }) {
  const { curve } = useMessages().dashboard;
  return (
    <>
      <span className="sm:hidden">{curve.short[view]}</span>
      <span className="max-sm:hidden">{curve[view]}</span>
    </>
  );
}

interface FormsProps {
  readonly view: View;
  /** The form that is drawn; null until it is known. */
  readonly form: ChartForm | null;
  readonly pickForm: (form: ChartForm) => void;
}

/** How the models are arranged. */
export function Forms({ view, form, pickForm }: FormsProps) {
  const { curve, groups } = useMessages().dashboard;
  const [{ by }] = useAddress();
  const forms: readonly ChartForm[] = FORMS[view];
  if (forms.length === 0) return null;
  return (
    <Segmented<ChartForm>
      label={curve.forms}
      value={form}
      options={forms.map((value) => ({
        value,
        label: value === "rows" && by === "api_key" ? groups.byKey : curve.form[value],
      }))}
      onChange={pickForm}
      wide
    />
  );
}
