import { useAccount } from "@/api/useAccount";
import { Hint } from "@/components/ui/Hint";
import { accountLines } from "@/features/dashboard/figures/accountLines";
import { changeAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";

/** The balance on every page, where the header is wide enough; a click shows the account. */
export function BalanceTag() {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const account = useAccount();
  if (!account || account.balance === null) return null;
  const amount = format.amountWithUnit(Number(account.balance));
  return (
    <Hint text={accountLines(account, figures, format).join(" · ")}>
      <button
        type="button"
        onClick={() => changeAddress({ settings: "account" })}
        className="relative hidden h-7 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-xs font-medium whitespace-nowrap text-muted before:absolute before:-inset-2.5 before:content-[''] xl:inline-flex"
      >
        <span className="text-faint">{figures.balance}</span>
        <span className="figure-nums">{amount}</span>
      </button>
    </Hint>
  );
}
