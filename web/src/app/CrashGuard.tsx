/** Limits a failure to one part of the page. */
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode, Suspense } from "react";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { CrashReport } from "./parts";

interface Props {
  readonly children: ReactNode;
  /** Replaces the part after its failure; by default a message with a button to reload. */
  readonly fallback?: ReactNode;
}

interface State {
  readonly hasFailed: boolean;
  readonly error: unknown;
}

export class CrashGuard extends Component<Props, State> {
  override state: State = { hasFailed: false, error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { hasFailed: true, error };
  }

  override render() {
    const { hasFailed, error } = this.state;
    const { children, fallback = <Crash error={error} /> } = this.props;
    return hasFailed ? fallback : children;
  }
}

function Crash({ error }: { readonly error: unknown }) {
  const { crash, reload } = useMessages().common;
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-md flex-col items-center gap-3 p-10 text-center"
    >
      <TriangleAlert className="text-bad" aria-hidden="true" />
      <h2 className="text-base font-semibold">{crash.title}</h2>
      <p className="text-sm text-muted">{crash.detail}</p>
      <Button onClick={() => window.location.reload()}>{reload}</Button>
      <CrashGuard fallback={null}>
        <Suspense fallback={null}>
          <CrashReport error={error} />
        </Suspense>
      </CrashGuard>
    </div>
  );
}
