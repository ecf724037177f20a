/** The calls about alerts; they load with the parts that use them. */
import { answer, done, http } from "./http";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Rule = Schemas["RuleView"];
export type RuleKind = Rule["kind"];
export type NewRule = Pick<Schemas["NewRule"], "kind"> & Partial<Schemas["NewRule"]>;
export type RulePatch = Schemas["RulePatch"];
export type Channel = Schemas["ChannelView"];
export type ChannelKind = Channel["kind"];
export type NewChannel = Pick<Schemas["NewChannel"], "kind" | "name"> &
  Partial<Schemas["NewChannel"]>;
export type ChannelPatch = Schemas["ChannelPatch"];
export type Episode = Schemas["EpisodeView"];
export type Sent = Schemas["SentView"];

export type Preview = Schemas["PreviewView"];

export const PREVIEW_DAYS = 30;

const path = <Name extends string>(name: Name, id: string) => ({
  params: { path: { [name]: id } as Record<Name, string> },
});

const changeEpisode = (id: string, body: Schemas["EpisodePatch"]) =>
  answer(http.PATCH("/api/alerts/episodes/{episode}", { ...path("episode", id), body }));

export const alerts = {
  rules: (signal: AbortSignal) => answer(http.GET("/api/alerts/rules", { signal }), signal),
  // The document lists fields with a default as required.
  createRule: (body: NewRule) =>
    answer(http.POST("/api/alerts/rules", { body: body as Required<NewRule> })),
  changeRule: (id: string, body: RulePatch) =>
    answer(http.PATCH("/api/alerts/rules/{rule}", { ...path("rule", id), body })),
  deleteRule: (id: string) => done(http.DELETE("/api/alerts/rules/{rule}", path("rule", id))),
  preview: (id: string, signal: AbortSignal) =>
    answer(
      http.GET("/api/alerts/rules/{rule}/preview", {
        params: { path: { rule: id }, query: { days: PREVIEW_DAYS } },
        signal,
      }),
      signal,
    ),
  channels: (signal: AbortSignal) => answer(http.GET("/api/alerts/channels", { signal }), signal),
  createChannel: (body: NewChannel) =>
    answer(http.POST("/api/alerts/channels", { body: body as Required<NewChannel> })),
  changeChannel: (id: string, body: ChannelPatch) =>
    answer(http.PATCH("/api/alerts/channels/{channel}", { ...path("channel", id), body })),
  deleteChannel: (id: string) =>
    done(http.DELETE("/api/alerts/channels/{channel}", path("channel", id))),
  testChannel: (id: string) =>
    answer(http.POST("/api/alerts/channels/{channel}/test", path("channel", id))),
  episodes: (limit: number, signal: AbortSignal) =>
    answer(http.GET("/api/alerts/episodes", { params: { query: { limit } }, signal }), signal),
  snooze: (id: string, until: string | null) => changeEpisode(id, { snoozed_until: until }),
  confirm: (id: string) => changeEpisode(id, { confirmed: true }),
};
