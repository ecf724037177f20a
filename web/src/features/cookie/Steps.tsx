import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { hostOf } from "@/lib/origin";
import { NetworkTab } from "./pictures/NetworkTab";
import { UsagePage } from "./pictures/UsagePage";
import { useCookieTexts } from "./texts";

const USAGE_PAGE = "/dashboard/usage";

/** The first two steps to a cookie, with a picture each; the third is the paste box. */
export function Steps({ origin, className }: { origin: string; className: string }) {
  const { steps } = useCookieTexts();
  const { open, copy, pictures } = steps;
  const address = hostOf(origin) + USAGE_PAGE;
  const link = <SiteLink origin={origin} />;
  return (
    <>
      <Step number={1} title={open.title} text={open.text} link={link} className={className}>
        <UsagePage address={address} title={pictures.usage} />
      </Step>
      <Step number={2} title={copy.title} text={copy.text} className={className}>
        <NetworkTab names={pictures} />
      </Step>
    </>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly link?: ReactNode;
  readonly className?: string;
  /** The picture or the control below the words. */
  readonly children: ReactNode;
}

export function Step({ number, title, text, link, className, children }: StepProps) {
  return (
    <li className={cn("flex gap-3", className)}>
      <Count value={number} />
      <div className="flex min-w-0 flex-1 flex-col gap-2.5">
        <div className="flex flex-col gap-0.5">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 className="text-[0.9375rem] font-semibold">{title}</h3>
            {link}
          </div>
          <p className="text-sm text-muted">{text}</p>
        </div>
        {children}
      </div>
    </li>
  );
}

function Count({ value }: { value: number }) {
  return (
    <span
      aria-hidden="true"
      className="figure-nums mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
    >
      {value}
    </span>
  );
}

/** The same without pictures, for the dialog. */
export function StepsInWords({ title, origin }: { title: string; origin: string }) {
  const { steps } = useCookieTexts();
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      <ol className="flex flex-col gap-2 text-sm text-muted">
        <li className="flex gap-2.5">
          <Count value={1} />
          <span className="min-w-0 wrap-anywhere">
            <span>{steps.open.text}</span> <SiteLink origin={origin} />
          </span>
        </li>
        <li className="flex gap-2.5">
          <Count value={2} />
          <span className="min-w-0 wrap-anywhere">{steps.copy.text}</span>
        </li>
      </ol>
    </section>
  );
}

function SiteLink({ origin }: { origin: string }) {
  const { open } = useCookieTexts().steps;
  return (
    <a
      href={origin + USAGE_PAGE}
      target="_blank"
      rel="noreferrer"
      className="touchable inline-flex items-center gap-1 text-sm font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
    >
      <span>{open.link}</span>
      <ExternalLink size={12} className="shrink-0" aria-hidden="true" />
    </a>
  );
}
