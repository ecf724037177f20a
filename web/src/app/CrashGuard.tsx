/** Keeps a failure in one part of the page from taking the rest of it down. */
import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";

interface Props {
  readonly children: ReactNode;
}

export class CrashGuard extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Crash /> : this.props.children;
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
