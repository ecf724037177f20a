import { CloudOff, DatabaseZap, ExternalLink, Gauge, Milestone, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useRefresh } from "@/api/commands";
import { useStatus } from "@/api/LiveContext";
import type { Link } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { LinkButton } from "@/components/ui/LinkButton";
import { Notice } from "@/components/ui/Notice";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { hostOf } from "@/lib/origin";
import { parseInstant } from "@/lib/time";
import { Countdown } from "./Countdown";
import { AsOf } from "./ServerNotice";

/** A fault of the connection to the site that passes by itself, or with a step of the user. */
export function LinkNotice() {
  const link = useStatus()?.link;
  switch (link?.state) {
    case "blocked":
      return <BlockedNotice />;
    case "storage_error":
      return <StorageNotice />;
    case "degraded":
      return <SiteNotice link={link} />;
    default:
      return null;
  }
}

function BlockedNotice() {
  const { strip } = useMessages().dashboard;
  const site = useStatus()?.site.origin;
  return (
    <Notice
      tone="warn"
      icon={<ShieldAlert size={18} />}
      title={strip.blocked}
      actions={
        <>
          <LinkButton href={site ?? ""}>
            {strip.openSite}
            <ExternalLink size={14} aria-hidden="true" />
          </LinkButton>
          <PasteButton />
        </>
      }
    >
      {strip.blockedHelp}
    </Notice>
  );
}

function PasteButton() {
  const { strip } = useMessages().dashboard;
  return (
    <Button variant="primary" onClick={() => changeAddress({ dialog: "cookie" })}>
      {strip.pasteCookie}
    </Button>
  );
}

function StorageNotice() {
  const { common } = useMessages();
  return (
    <Notice tone="bad" icon={<DatabaseZap size={18} />} title={common.problems.storage_error}>
      <AsOf />
    </Notice>
  );
}

/** The host that the server names in the detail of a redirect. */
function redirectHost({ code, detail }: Link): string | null {
  if (code !== "upstream_unexpected_redirect" && code !== "unexpected_redirect") return null;
  const address = /https?:\/\/[^\s;]+/.exec(detail ?? "")?.[0];
  return address === undefined ? null : hostOf(address);
}

function SiteNotice({ link }: { link: Link }) {
  const messages = useMessages();
  const { strip } = messages.dashboard;
  const host = redirectHost(link);
  if (host !== null) {
    return (
      <Passing link={link} title={strip.moved(host)} icon={<Milestone size={18} />} canPaste>
        <span>{strip.movedHelp}</span>
      </Passing>
    );
  }
  const isLimited = link.code?.endsWith("rate_limited");
  if (isLimited) {
    return (
      <Passing link={link} title={strip.rateLimited} icon={<Gauge size={18} />}>
        <span>{strip.rateLimitedHelp}</span> <AsOf />
      </Passing>
    );
  }
  const title = problemText(messages, { code: link.code ?? "degraded", detail: link.detail });
  return (
    <Passing link={link} title={title} icon={<CloudOff size={18} />}>
      <AsOf />
    </Passing>
  );
}

interface PassingProps {
  readonly link: Link;
  readonly title: string;
  readonly icon: ReactNode;
  readonly canPaste?: boolean;
  readonly children: ReactNode;
}

/** A fault after which the site is queried again by itself. */
function Passing({ link, title, icon, canPaste = false, children }: PassingProps) {
  const { strip } = useMessages().dashboard;
  const refresh = useRefresh();
  const nextMs = parseInstant(link.next_poll_at);
  return (
    <Notice
      tone="warn"
      icon={icon}
      title={title}
      countdown={
        nextMs !== null && (
          <Countdown atMs={nextMs} text={strip.nextTry} dueText={strip.nextTryNow} />
        )
      }
      actions={
        <>
          <Button disabled={refresh.isPending} onClick={() => refresh.mutate()}>
            {strip.tryNow}
          </Button>
          {canPaste && <PasteButton />}
        </>
      }
    >
      {children}
    </Notice>
  );
}
