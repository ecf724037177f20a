import { Children, type ReactNode } from "react";

/**
 * Wrap each text among the children in an element. A browser's translation replaces text
 * nodes, and React could no longer change a text beside other nodes.
 */
export function wrapTexts(children: ReactNode): ReactNode {
  if (Children.count(children) < 2) return children;
  return Children.map(children, (child) =>
    typeof child === "string" && child.trim() ? <span>{child}</span> : child,
  );
}
