import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Cell, Facts, Group, Section } from "@/components/ui/Section";
import { PARTS } from "./parts";
import type { SectionProps } from "./sections";
import { useSettingsTexts } from "./texts";

export function AboutSection({ status }: SectionProps) {
  const { names, about } = useSettingsTexts();
  return (
    <Section title={names.about}>
      <Group>
        <Facts
          facts={[
            [about.version, status.version],
            [about.folder, <code key="folder">{status.data_dir}</code>],
            [
              about.api,
              <span key="api" className="inline-flex flex-wrap justify-end gap-x-4">
                <OwnLink href="/api/docs">{about.docs}</OwnLink>
                <OwnLink href="/api/openapi.json">{about.document}</OwnLink>
              </span>,
            ],
            [about.licence, about.licenceText],
          ]}
        />
        <Cell>
          {" "}
          <details className="group text-sm">
            <summary className="touchable inline-flex list-none items-center gap-1 rounded-md text-muted hover:text-ink">
              <ChevronRight
                size={14}
                aria-hidden="true"
                className="transition-transform duration-100 group-open:rotate-90"
              />
              <span>{about.parts}</span>
            </summary>
            <div className="pt-2 pl-5">
              <Facts facts={PARTS} isPlain />
            </div>
          </details>
        </Cell>
      </Group>
    </Section>
  );
}

function OwnLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="touchable inline-flex items-center text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
    >
      {children}
    </a>
  );
}
