/** The whole page: its providers, and the choice between its views. */
import type { QueryClient } from "@tanstack/react-query";
import type { Live } from "@/api/live/Live";
import { CrashGuard } from "./CrashGuard";
import { KeyGate } from "./KeyGate";
import { Page } from "./Page";
import { Providers } from "./Providers";

export function App({ live, queryClient }: { live: Live; queryClient: QueryClient }) {
  return (
    <Providers live={live} queryClient={queryClient}>
      <CrashGuard>
        <KeyGate>
          <Page />
        </KeyGate>
      </CrashGuard>
    </Providers>
  );
}
