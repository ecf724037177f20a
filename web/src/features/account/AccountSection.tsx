import type { Account, Settings } from "@/api/types";
import { useAccount } from "@/api/useAccount";
import { Section } from "@/components/ui/Section";
import { AutoReset } from "./AutoReset";
import { BalanceFacts } from "./BalanceFacts";
import { BalanceLine } from "./BalanceLine";
import { Outlook } from "./Outlook";
import { ResetLog } from "./ResetLog";
import { useAccountTexts } from "./texts";

/** The section of the settings about the account: its balance, and what resets it. */
export function AccountSection({ settings }: { settings: Settings }) {
  const texts = useAccountTexts();
  const account = useAccount();
  return (
    <Section title={texts.title} intro={texts.intro}>
      {account && <Parts account={account} settings={settings} />}
    </Section>
  );
}

/** What concerns resets appears only where the site offers them. */
function Parts({ account, settings }: { account: Account; settings: Settings }) {
  return (
    <>
      <BalanceFacts account={account} />
      <BalanceLine />
      <Outlook account={account} />
      {account.reset && <AutoReset rule={settings.auto_reset} />}
      {(account.reset || account.resets.length > 0) && <ResetLog account={account} />}
    </>
  );
}
