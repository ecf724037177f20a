/** The words and the arrow of a change against an earlier span. */
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/test/render";
import { ChangeMark } from "./Change";

test.each([
  { share: 0.11, isLeast: false, said: "11%", arrow: "+" },
  { share: 0.11, isLeast: true, said: "at least11%", arrow: "+" },
  { share: -0.05, isLeast: true, said: "at most5%", arrow: "−" },
  { share: -0.001, isLeast: true, said: "at least0%", arrow: null },
  { share: 0, isLeast: false, said: "0%", arrow: null },
])("a change of $share is $said", ({ share, isLeast, said, arrow }) => {
  const { container } = show(<ChangeMark share={share} isLeast={isLeast} />);
  expect(container).toHaveTextContent(said);
  const image = screen.queryByRole("img");
  expect(image?.getAttribute("aria-label") ?? null).toBe(arrow);
});
