/**
 * A button whose menu loads when it is first asked for: until then it is a button and nothing else,
 * so that unopened menus cost nothing at the start.
 */
import {
  type ComponentType,
  type ReactElement,
  type ReactNode,
  Suspense,
  startTransition,
  useState,
} from "react";

export interface AskedProps {
  /** The button, without its action. */
  readonly trigger: ReactElement;
  readonly isOpenAtFirst: boolean;
}

/** The button's properties before its menu is loaded. */
interface Asking {
  readonly onClick?: () => void;
  readonly "aria-haspopup"?: "menu" | "dialog";
  readonly "aria-expanded"?: false;
}

interface Props {
  /** A lazily loaded component. */
  readonly menu: ComponentType<AskedProps>;
  readonly opens: "menu" | "dialog";
  readonly button: (asking: Asking) => ReactElement;
}

export function LazyMenu({ menu: Menu, opens, button }: Props): ReactNode {
  const [isAsked, setAsked] = useState(false);
  const closed = button({
    // The button keeps the focus until the menu is loaded.
    onClick: () => startTransition(() => setAsked(true)),
    "aria-haspopup": opens,
    "aria-expanded": false,
  });
  return (
    <Suspense fallback={closed}>
      {isAsked ? <Menu trigger={button({})} isOpenAtFirst /> : closed}
    </Suspense>
  );
}
