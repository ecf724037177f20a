import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Extent } from "./lanes";
import { LabelRegistry, LabelsContext, useSharedLanes } from "./sharedLanes";

const MOST = 2;

function Part({ name, labels }: { readonly name: string; readonly labels: readonly Extent[] }) {
  const lanes = useSharedLanes(labels, [], MOST);
  return <output aria-label={name}>{lanes.map(String).join(" ")}</output>;
}

function Chart({ parts }: { readonly parts: Readonly<Record<string, readonly Extent[]>> }) {
  return (
    <LabelsContext value={registry}>
      {Object.entries(parts).map(([name, labels]) => (
        <Part key={name} name={name} labels={labels} />
      ))}
    </LabelsContext>
  );
}

const registry = new LabelRegistry();
const at = (left: number): Extent => ({ left, right: left + 50 });
const lanesOfPart = (name: string) => screen.getByLabelText(name).textContent;

test("labels of one part do not cover those of another", () => {
  const { rerender } = render(<Chart parts={{ resets: [at(0)], alerts: [at(20), at(100)] }} />);
  expect(lanesOfPart("resets")).toBe("0");
  expect(lanesOfPart("alerts")).toBe("1 0");
  act(() => rerender(<Chart parts={{ resets: [at(90)], alerts: [at(20), at(100)] }} />));
  expect(lanesOfPart("alerts")).toBe("0 1");
});

test("a part that leaves gives its lanes back", () => {
  const { rerender } = render(<Chart parts={{ resets: [at(0)], alerts: [at(20)] }} />);
  expect(lanesOfPart("alerts")).toBe("1");
  act(() => rerender(<Chart parts={{ alerts: [at(20)] }} />));
  expect(lanesOfPart("alerts")).toBe("0");
});

test("a label without a free lane is not drawn", () => {
  render(<Chart parts={{ resets: [at(0), at(10)], alerts: [at(20)] }} />);
  expect(lanesOfPart("alerts")).toBe("null");
});
