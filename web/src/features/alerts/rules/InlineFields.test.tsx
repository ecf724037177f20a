import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { InlineNumber } from "./InlineFields";

test("a number beyond the limit is refused with the limit, and not sent", async () => {
  const onChange = vi.fn();
  const { user } = show(
    <InlineNumber label="Limit" value={500} most={1_000} onChange={onChange} />,
  );
  const field = screen.getByRole("textbox", { name: "Limit" });
  await user.clear(field);
  await user.type(field, "1e30{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("At most 1,000.");
  expect(field).toBeInvalid();
  expect(onChange).not.toHaveBeenCalled();
  await user.clear(field);
  await user.type(field, "1,000{Enter}");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(onChange).toHaveBeenCalledWith(1_000);
});
