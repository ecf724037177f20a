/** The current theme, for drawings that CSS does not style. */
import { createContext, type ReactNode, useContext } from "react";

export type Theme = "light" | "dark";

const ThemeContext = createContext<Theme>("light");

export function ThemeProvider({ theme, children }: { theme: Theme; children: ReactNode }) {
  return <ThemeContext value={theme}>{children}</ThemeContext>;
}

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
