import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { chartOf, inputOf, seriesOf } from "@/test/chartSamples";
import { LegendButton } from "./LegendButton";

const series = seriesOf("opus", [[1, 2]]);
const { texts } = inputOf(chartOf());

function show() {
  const actions = { onToggle: vi.fn(), onSolo: vi.fn(), onFocus: vi.fn() };
  render(
    <LegendButton
      {...{ series, texts, ...actions }}
      value={2}
      note=""
      isHidden={false}
      isDimmed={false}
      shape="end"
    />,
  );
  return { ...actions, button: screen.getByRole("button", { name: /opus/ }) };
}

test("Enter toggles the model at once, Shift and Enter shows only it", () => {
  const { button, onToggle, onSolo } = show();
  fireEvent.click(button, { detail: 0 });
  expect(onToggle).toHaveBeenCalledExactlyOnceWith("opus");
  fireEvent.keyDown(button, { key: "Enter", shiftKey: true });
  expect(onSolo).toHaveBeenCalledExactlyOnceWith("opus");
});

test("a double click does not toggle", () => {
  vi.useFakeTimers();
  const { button, onToggle, onSolo } = show();
  fireEvent.click(button, { detail: 1 });
  fireEvent.click(button, { detail: 2 });
  vi.advanceTimersByTime(1_000);
  expect(onToggle).not.toHaveBeenCalled();
  expect(onSolo).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test("a click where another entry was clicked and moved away toggles", () => {
  vi.useFakeTimers();
  const { button, onToggle, onSolo } = show();
  fireEvent.click(button, { detail: 2 });
  vi.advanceTimersByTime(1_000);
  expect(onToggle).toHaveBeenCalledExactlyOnceWith("opus");
  expect(onSolo).not.toHaveBeenCalled();
  fireEvent.click(button, { detail: 1 });
  vi.advanceTimersByTime(1_000);
  expect(onToggle).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test("the model is brought out while the pointer or the focus is on it", () => {
  const { button, onFocus } = show();
  fireEvent.mouseEnter(button);
  fireEvent.mouseLeave(button);
  expect(onFocus.mock.calls).toEqual([["opus"], [null]]);
});

test.each([true, false])("the total shows a line only if one is drawn: %s", (hasLine) => {
  const actions = { onToggle: vi.fn(), onSolo: vi.fn(), onFocus: vi.fn() };
  const { container } = render(
    <LegendButton
      {...{ texts, hasLine, ...actions }}
      series={null}
      value={2}
      isDimmed={false}
      shape="chip"
    />,
  );
  expect(container.querySelector("svg") !== null).toBe(hasLine);
});
