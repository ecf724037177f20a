import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useRef, useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "./Dialog";

function Page({ hasField = false }: { hasField?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      {isOpen && (
        <Dialog
          open
          onOpenChange={setOpen}
          title="title"
          description={null}
          {...(hasField ? { initialFocus: field } : {})}
        >
          <input ref={field} aria-label="field" />
        </Dialog>
      )}
    </>
  );
}

test("the focus goes into the dialog, and back to where it came from", async () => {
  const user = userEvent.setup();
  render(<Page />);
  const button = screen.getByRole("button", { name: "open" });
  await user.click(button);
  await waitFor(() => expect(screen.getByRole("dialog", { name: "title" })).toHaveFocus());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(button).toHaveFocus());
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a field can be given the focus first", async () => {
  const user = userEvent.setup();
  render(<Page hasField />);
  await user.click(screen.getByRole("button", { name: "open" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "field" })).toHaveFocus());
});

test("the page below is out of reach while the dialog is open, whatever loads in it", async () => {
  const user = userEvent.setup();
  render(
    <>
      <main />
      <Page />
    </>,
  );
  const main = screen.getByRole("main");
  await user.click(screen.getByRole("button", { name: "open" }));
  expect(main).toHaveAttribute("inert");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(main).not.toHaveAttribute("inert"));
});
