import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { CookieInput } from "@/api/types";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { PasteBox } from "./PasteBox";
import { useSiteChoice } from "./useSiteChoice";

const SECRET = "__Secure-authjs.session-token=s3cret-canary";

/** A server that answers one after the other and notes the requests. */
function answering(...answers: readonly (readonly [status: number, body: object])[]) {
  const sent: CookieInput[] = [];
  server.use(
    http.put("/api/cookie", async ({ request }) => {
      const [code, body] = answers[sent.length] ?? [200, {}];
      sent.push((await request.json()) as CookieInput);
      return HttpResponse.json(body, { status: code });
    }),
    http.get("/api/status", () => HttpResponse.json(status)),
  );
  return sent;
}

const SAVED = [200, { names: ["__Secure-authjs.session-token"], state: "valid" }] as const;

function refusal(code: string, more: object = {}, code_ = 422) {
  return [code_, { status: code_, code, title: "", detail: "", ...more }] as const;
}

function Box({ onSaved }: { onSaved: () => void }) {
  return <PasteBox onSaved={onSaved} site={useSiteChoice()} />;
}

async function paste(text: string, known = {}) {
  const onSaved = vi.fn();
  const page = show(<Box onSaved={onSaved} />, known);
  await page.user.click(screen.getByRole("textbox", { name: "Cookie" }));
  await page.user.paste(text);
  return { ...page, onSaved };
}

test("a pasted cookie is tried at once", async () => {
  const sent = answering(SAVED);
  const { onSaved } = await paste(SECRET);
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith(SAVED[1]));
  expect(sent).toEqual([{ cookie: SECRET }]);
});

test("once taken, the value is nowhere: not in the page, the address, the storage or the cache", async () => {
  answering(SAVED);
  const { onSaved, queryClient, container } = await paste(SECRET);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(screen.getByRole("textbox", { name: "Cookie" })).toHaveValue("");
  expect(container.innerHTML).not.toContain("canary");
  expect(window.location.href).not.toContain("canary");
  expect(JSON.stringify({ ...localStorage })).not.toContain("canary");
  await waitFor(() => {
    const cached = queryClient.getMutationCache().getAll();
    expect(JSON.stringify(cached.map((mutation) => mutation.state))).not.toContain("canary");
  });
});

test("the field is kept from browsers and password managers", () => {
  show(<Box onSaved={vi.fn()} />);
  const field = screen.getByRole("textbox", { name: "Cookie" });
  expect(field).toHaveAttribute("autocomplete", "off");
  expect(field).toHaveAttribute("spellcheck", "false");
  for (const name of ["data-1p-ignore", "data-lpignore", "data-bwignore"]) {
    expect(field).toHaveAttribute(name, "true");
  }
});

test("a missing login names the found cookies, explains HttpOnly and can be forced", async () => {
  const sent = answering(refusal("session_cookie_missing", { names: ["acw_tc", "_ga"] }), SAVED);
  const { user, onSaved } = await paste("acw_tc=1; _ga=2");
  expect(await screen.findByText("No login cookie found")).toBeVisible();
  expect(screen.getByText(/HttpOnly/)).toBeVisible();
  expect(screen.getByText("acw_tc")).toBeVisible();
  expect(screen.getByText("_ga")).toBeVisible();
  expect(screen.getByRole("textbox")).toBeInvalid();
  await user.click(screen.getByRole("button", { name: "Use it anyway" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent[1]).toEqual({ cookie: "acw_tc=1; _ga=2", force: true });
});

test("a cookie that could not be tried can be saved without the check, forced or not", async () => {
  const sent = answering(
    refusal("session_cookie_missing"),
    refusal("cannot_verify", {}, 503),
    SAVED,
  );
  const { user, onSaved } = await paste("a=1");
  await user.click(await screen.findByRole("button", { name: "Use it anyway" }));
  await user.click(await screen.findByRole("button", { name: "Save without checking" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent[2]).toEqual({ cookie: "a=1", force: true, verify: false });
});

test("the place of a control character is named and can be shown", async () => {
  answering(refusal("cookie_control_character", { offset: 4 }));
  const { user } = await paste("ab\nc\u0001d");
  expect(await screen.findByText("Line 2, character 2")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Jump to it" }));
  const field = screen.getByRole<HTMLTextAreaElement>("textbox");
  expect(field).toHaveFocus();
  expect([field.selectionStart, field.selectionEnd]).toEqual([4, 5]);
});

test("after a refusal the next paste replaces the refused text", async () => {
  const sent = answering(refusal("cookie_rejected"), SAVED);
  const { user, onSaved } = await paste("old=1");
  await screen.findByText("The site says you are signed out");
  await user.click(screen.getByRole("textbox"));
  await user.paste(SECRET);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent[1]).toEqual({ cookie: SECRET });
});

test("text that no server accepts is refused without a call", async () => {
  await paste("x".repeat(64 * 1024 + 1));
  expect(await screen.findByText("Too large for one cookie")).toBeVisible();
  expect(screen.getByRole("textbox")).toHaveValue("");
});

test("typed text is tried by button or by key", async () => {
  const sent = answering(refusal("cookie_rejected"), refusal("cookie_rejected"));
  const { user } = show(<Box onSaved={vi.fn()} />);
  await user.type(screen.getByRole("textbox"), "a=1");
  await user.click(screen.getByRole("button", { name: "Check and save" }));
  await screen.findByText("The site says you are signed out");
  await user.type(screen.getByRole("textbox"), "2");
  expect(screen.queryByText("The site says you are signed out")).toBeNull();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("The site says you are signed out");
  expect(sent.map(({ cookie }) => cookie)).toEqual(["a=1", "a=12"]);
});

test("a paste anywhere on the page is taken", async () => {
  const sent = answering(SAVED);
  const onSaved = vi.fn();
  const { user } = show(<Box onSaved={onSaved} />);
  await user.paste(SECRET);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent).toEqual([{ cookie: SECRET }]);
});

test("a refused first cookie does not mention a saved one, a later one does", async () => {
  answering(refusal("cookie_rejected"), refusal("cookie_rejected"));
  const cookie = { ...status.cookie, state: "missing" } as const;
  const { user, change } = await paste("a=1", { status: { ...status, cookie } });
  await screen.findByText("The site says you are signed out");
  expect(screen.queryByText("The saved cookie was not changed.")).toBeNull();
  change({ status });
  await user.click(screen.getByRole("textbox"));
  await user.paste("a=2");
  expect(await screen.findByText("The saved cookie was not changed.")).toBeVisible();
});

test("a paste from another site offers that site and is sent for it", async () => {
  const origin = "https://www.aicodemirror.ai";
  const sent = answering(refusal("no_cookie_in_snippet", { origin }), SAVED);
  const { user, onSaved } = await paste(SECRET);
  expect(await screen.findByText("This copy is from aicodemirror.ai.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Use aicodemirror.ai" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent[1]).toEqual({ cookie: SECRET, origin });
  expect(
    screen.getByText("Encrypted on this machine. Only ever sent to aicodemirror.ai."),
  ).toBeVisible();
});

test("the site can be chosen before the paste, also one that is not listed", async () => {
  const sent = answering(SAVED, SAVED);
  const { user } = show(<Box onSaved={vi.fn()} />);
  await user.click(screen.getByRole("radio", { name: "aicodemirror.ai" }));
  await user.paste(SECRET);
  await waitFor(() => expect(sent).toHaveLength(1));
  await user.click(screen.getByRole("radio", { name: "Other…" }));
  await user.type(
    screen.getByLabelText("Another site address"),
    "https://mirror.example/dashboard",
  );
  await user.click(screen.getByRole("textbox", { name: "Cookie" }));
  await user.paste(SECRET);
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map(({ origin }) => origin)).toEqual([
    "https://www.aicodemirror.ai",
    "https://mirror.example",
  ]);
});

test("a Chinese page explains it in Chinese", async () => {
  answering(refusal("cookie_expired"));
  const page = show(<Box onSaved={vi.fn()} />, { settings: { ...settings, locale: "zh-CN" } });
  await page.user.click(screen.getByRole("textbox"));
  await page.user.paste("a=1");
  expect(await screen.findByText("登录已过期")).toBeVisible();
});
