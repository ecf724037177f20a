import { AppWindow, type LucideIcon, Mail, Send, Webhook } from "lucide-react";
import type { ChannelKind } from "@/api/alerts";
import { cn } from "@/lib/cn";

const SIGNS: Readonly<Record<ChannelKind, string | LucideIcon>> = {
  feishu: "飞",
  wecom: "企",
  dingtalk: "钉",
  bark: "B",
  ntfy: "n",
  telegram: Send,
  serverchan: "酱",
  pushplus: "P+",
  wxpusher: "Wx",
  slack: "S",
  discord: "D",
  webhook: Webhook,
  mail: Mail,
  browser: AppWindow,
  apprise: "A",
};

/** The sign of a kind of channel; its name is beside it. */
export function KindTile({ kind, className }: { kind: ChannelKind; className?: string }) {
  const Sign = SIGNS[kind];
  return (
    <span
      aria-hidden="true"
      className={cn(
        "flex size-9 shrink-0 items-center justify-center rounded-lg border border-line bg-sunken text-sm font-semibold text-ink",
        className,
      )}
    >
      {typeof Sign === "string" ? Sign : <Sign size={16} />}
    </span>
  );
}
