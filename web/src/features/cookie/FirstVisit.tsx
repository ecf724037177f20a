import { useStatus } from "@/api/LiveContext";
import { Card } from "@/components/ui/Card";
import { DemoWay } from "./DemoWay";
import { PasteBox } from "./PasteBox";
import { Ready } from "./Ready";
import { Steps } from "./Steps";
import { useCookieTexts } from "./texts";

/** Nothing collected yet: three steps to a cookie, then the switch. */
export function FirstVisit() {
  const status = useStatus();
  const { welcome } = useCookieTexts();
  if (status === null) return null;
  const { state } = status.cookie;
  if (state === "valid" || state === "unverified") return <Ready cookie={status.cookie} />;
  return (
    <Card
      aria-labelledby="first-visit"
      className="mx-auto flex w-full max-w-4xl flex-col gap-7 p-5 sm:p-8 md:mt-4"
    >
      <header className="flex flex-col gap-1.5">
        <h2 id="first-visit" className="text-xl font-semibold tracking-tight text-balance">
          {welcome.title}
        </h2>
        <p className="max-w-prose text-muted">{welcome.intro}</p>
      </header>
      <Steps />
      <PasteBox onSaved={() => undefined} />
      {!status.demo && <DemoWay />}
    </Card>
  );
}
