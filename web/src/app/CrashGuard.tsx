/** Limits a failure to one part of the page. */
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";

interface Props {
  readonly children: ReactNode;
  /** Replaces the part after its failure; by default a message with a button to reload. */
  readonly fallback?: ReactNode;
}

export class CrashGuard extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    const { children, fallback = <Crash /> } = this.props;
    return this.state.hasFailed ? fallback : children;
  }
}

function Crash() {
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
    </div>
  );
}
