import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { NetworkTab } from "./pictures/NetworkTab";
import { PasteHere } from "./pictures/PasteHere";
import { UsagePage } from "./pictures/UsagePage";
import { useCookieTexts } from "./texts";

const USAGE_PAGE = "https://www.aicodemirror.com/dashboard/usage";

/** The way to a cookie, in three steps with a picture each. */
export function Steps() {
  const { steps } = useCookieTexts();
  const { open, copy, paste, pictures } = steps;
  return (
    <ol aria-label={steps.label} className="grid gap-6 md:grid-cols-3 md:gap-5">
      <Step
        number={1}
        title={open.title}
        picture={<UsagePage address={open.address} title={pictures.usage} />}
      >
        <span>{open.text}</span> <SiteLink />
      </Step>
      <Step number={2} title={copy.title} picture={<NetworkTab names={pictures} />}>
        {copy.text}
      </Step>
      <Step number={3} title={paste.title} picture={<PasteHere valid={pictures.valid} />}>
        {paste.text}
      </Step>
    </ol>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly picture: ReactNode;
  readonly children: ReactNode;
}

function Step({ number, title, picture, children }: StepProps) {
  return (
    <li className="flex flex-col gap-3">
      {picture}
      <div className="flex gap-2.5">
        <Count value={number} />
        <div className="flex min-w-0 flex-col gap-0.5">
          <h3 className="text-sm font-semibold">{title}</h3>
          <p className="text-sm text-muted">{children}</p>
        </div>
      </div>
    </li>
  );
}

function Count({ value }: { value: number }) {
  return (
    <span
      aria-hidden="true"
      className="figure-nums flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
    >
      {value}
    </span>
  );
}

/** The same in words alone, for where there is little room. */
export function StepsInWords({ title }: { title: string }) {
  const { steps } = useCookieTexts();
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      <ol className="flex flex-col gap-2 text-sm text-muted">
        <li className="flex gap-2.5">
          <Count value={1} />
          <span>
            <span>{steps.open.text}</span> <SiteLink />
          </span>
        </li>
        <li className="flex gap-2.5">
          <Count value={2} />
          <span>{steps.copy.text}</span>
        </li>
      </ol>
    </section>
  );
}

function SiteLink() {
  const { open } = useCookieTexts().steps;
  return (
    <a
      href={USAGE_PAGE}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
    >
      <span>{open.link}</span>
      <ExternalLink size={12} className="shrink-0" aria-hidden="true" />
    </a>
  );
}
