/** The settings page at one of its sections. */
import { waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { Settings } from "@/app/Settings";
import { changeAddress } from "@/hooks/useAddress";
import { show } from "./render";

export async function showSettings(section: string, known: Parameters<typeof show>[1] = {}) {
  changeAddress({ settings: section });
  const shown = show(<Settings />, known);
  const page = shown.container;
  await waitFor(() => expect(page.querySelector("[data-page] section")).not.toBeNull());
  return shown;
}
