import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { lazy } from "react";
import { expect, test } from "vitest";
import { type AskedProps, LazyMenu } from "./LazyMenu";

test("the button keeps the focus while its menu loads", async () => {
  let load = () => {};
  const loading = new Promise<{ default: typeof Menu }>((resolve) => {
    load = () => resolve({ default: Menu });
  });
  const user = userEvent.setup();
  render(
    <LazyMenu
      menu={lazy(() => loading)}
      opens="menu"
      button={(asking) => (
        <button type="button" {...asking}>
          open
        </button>
      )}
    />,
  );
  await user.click(screen.getByRole("button"));
  expect(screen.getByRole("button")).toHaveFocus();
  await act(async () => load());
  expect(await screen.findByText("loaded")).toBeInTheDocument();
});

function Menu({ trigger }: AskedProps) {
  return (
    <>
      {trigger}
      <p>loaded</p>
    </>
  );
}
