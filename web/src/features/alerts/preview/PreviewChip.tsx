import { X } from "lucide-react";
import { changeAddress } from "@/hooks/useAddress";
import { useAlertTexts } from "../texts";

interface Props {
  readonly title: string;
  /** Null until it is known. */
  readonly count: number | null;
}

/** Says that the dashed spans are a preview, and leaves it. */
export function PreviewChip({ title, count }: Props) {
  const { preview: texts } = useAlertTexts();
  return (
    <button
      type="button"
      title={texts.leave}
      className="touchable flex h-6 items-center gap-1.5 rounded-full border border-dashed border-warn bg-surface pr-1.5 pl-2.5 text-xs font-medium whitespace-nowrap text-warn hover:bg-warn-soft"
      onClick={() => changeAddress({ preview: null })}
    >
      <span>{texts.of(title, count)}</span>
      <X size={14} role="img" aria-label={texts.leave} />
    </button>
  );
}
