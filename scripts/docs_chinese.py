"""The Chinese texts of the reference pages whose English ones are in the program.

The descriptions of settings, calls and metrics are English in the program, which uses them in its
interface's document and in ``/metrics``. Each has its translation here, under the English text: a
description that changes has none until its translation follows.
"""

from collections.abc import Callable
from typing import Final

SETTINGS: Final = {
    "Whether the site is polled.": "是否采集，即定时查询站点。",
    "Seconds between two polls.": "两次查询的间隔秒数。",
    "Hours the page shows at first.": "打开页面时显示最近几小时。",
    "Language of the page.": "页面的语言。",
    "Colours of the page.": "页面的颜色主题。",
    "`auto` (the browser's) or an IANA name.": "`auto`（跟随浏览器）或 IANA 时区名称。",
    "Days, back from the newest record, to keep single records; their sums stay.": (
        "单条请求的保留天数，从最新一条往前算；超期后只保留合计。"
    ),
    "Unit of amounts; `auto` follows the account.": "金额单位；`auto` 跟随账号。",
    "Further types and endpoints that count.": "额外计入统计的类型和接口。",
    "One window, on some days of the week; ``inside`` says what happens within it.": (
        "每周若干天的一个时段；`inside` 决定在该时段内采集还是暂停。"
    ),
    "When a reset is used automatically: daily at a time, or at a low balance within hours.": (
        "何时自动重置：每天定时，或在指定时段内余额过低时。"
    ),
    "Local times between which messages are collected; urgent ones are sent all the same.": (
        "免打扰时段（本地时间）：消息汇总后再发，紧急消息仍会立即发送。"
    ),
    "Address of the page that messages link to; null takes the listening address.": (
        "消息中链接所用的页面地址；null 表示使用监听地址。"
    ),
    "A message every morning about the day before; without channels the first one gets it.": (
        "每天早上发送前一天的摘要；未指定渠道时发到第一个渠道。"
    ),
}
CALLS: Final = {
    "Report whether the program works.": "程序是否正常工作。",
    "Return the state of everything.": "全部状态。",
    "Return the user's settings.": "用户的设置。",
    "Change any subset of the settings, all of it or nothing.": (
        "修改任意几项设置，要么全部生效，要么都不生效。"
    ),
    "Return what `retention_days` would delete; nothing is deleted.": (
        "`retention_days` 会删除多少请求；不会实际删除。"
    ),
    "Parse a pasted cookie, check it on the site, and store it if it works.": (
        "解析粘贴的 Cookie，向站点验证，有效则保存。"
    ),
    "Delete the cookie and stop collecting.": "删除 Cookie 并停止采集。",
    "Check the stored cookie now, with one call to the site.": (
        "立即验证已保存的 Cookie，只向站点请求一次。"
    ),
    "Poll the site now, also while collecting is off; concurrent calls share one poll.": (
        "立即查询站点，采集关闭时也可使用；同时的调用共用一次查询。"
    ),
    "Return the curve over a range.": "一段时间的曲线。",
    "Return the median and the 95th percentile of the requests of each series.": (
        "每条曲线中单次请求的中位数和 95 百分位数。"
    ),
    "Return the sums of the last days of a time zone.": "最近几天的合计，按时区划分日期。",
    "Return the usual spend per hour of day, on weekdays and on weekends.": (
        "工作日和周末各小时的平时消耗。"
    ),
    "Return balance, plan, resets and the state of each source.": (
        "余额、套餐、重置和各数据来源的状态。"
    ),
    "Return the balance over a range, and what changed it apart from spending.": (
        "一段时间的余额，以及消耗之外的变动。"
    ),
    "Use the day's credit reset; the site is asked at most once.": (
        "使用当天的积分重置；至多向站点请求一次。"
    ),
    "Return when the balance runs out: a range of 80 %, or the reason why there is none.": (
        "余额预计何时用完：80 % 的区间，或无法预计的原因。"
    ),
    "Return stored records, newest first.": "已保存的请求，最新的在前。",
    "Return the stored types and endpoints with their totals, for the setting `also_counts`.": (
        "已保存的类型和接口及其合计，用于设置 `also_counts`。"
    ),
    "Return the alert rules.": "提醒规则。",
    "Create an alert rule.": "新建提醒规则。",
    "Change any subset of a rule's fields; switched off, its episode ends.": (
        "修改规则的任意字段；关闭规则会结束其事件。"
    ),
    "Delete an alert rule; its episodes remain in the list.": (
        "删除提醒规则；其事件仍保留在列表中。"
    ),
    "Return how often a rule would have fired in the last days.": "规则在最近几天会触发几次。",
    "Return how often a rule would have fired that is not stored yet.": (
        "尚未保存的规则在最近几天会触发几次。"
    ),
    "Return the channels of messages, with their health.": "通知渠道及其状态。",
    "Create a channel; its address and secret are sealed.": "新建渠道；地址和密钥加密保存。",
    "Change any subset of a channel's fields; without a secret, the stored one is kept.": (
        "修改渠道的任意字段；未提供密钥时保留原有密钥。"
    ),
    "Delete a channel with its address and secret.": "删除渠道及其地址和密钥。",
    "Send a test message now, and return the channel's answer.": (
        "立即发送测试消息，返回渠道的答复。"
    ),
    "Return the episodes that touch a range, newest first.": "与某段时间有交集的事件，最新的在前。",
    "Confirm an episode, or send no message of its rule until an instant.": (
        "确认事件，或将其规则静音到某一时刻。"
    ),
    "Download the selected records as a file, oldest first.": (
        "以文件下载所选请求，按时间从旧到新。"
    ),
    "Return rows and answers of the site that could not be parsed, newest first.": (
        "站点返回的、无法识别的数据，最新的在前。"
    ),
    "Import records, one per line as in an NDJSON export, at most 1 MiB.": (
        "导入请求，每行一条，格式同 NDJSON 导出，最多 1 MiB。"
    ),
    "Download a copy of the present database, without secrets.": (
        "下载当前数据库的副本，不含 Cookie 和密钥。"
    ),
    "Return a report that is safe to publish.": "可以公开的诊断报告。",
    "Open this browser's session with the access key, or with the token of a link.": (
        "用访问密钥或链接中的令牌登录此浏览器。"
    ),
    "End this browser's session and its event streams.": "退出此浏览器的登录并关闭其事件流。",
    "Create a link that opens one browser's session; a session cannot create one.": (
        "生成供一个浏览器登录的链接；浏览器会话本身不能生成。"
    ),
    "Create a ticket for one download, which a browser opens without the session's header.": (
        "生成单次下载的凭据，浏览器凭此下载，无需会话请求头。"
    ),
    "Redirect to the page; the token of a valid link opens a session.": (
        "跳转到页面；链接中的令牌有效时完成登录。"
    ),
    "Stream server-sent events.": "服务器推送的事件流（SSE）。",
    "Return metrics in Prometheus' text format.": "监控指标，Prometheus 文本格式。",
    "Return this document.": "本接口的 OpenAPI 文档。",
    "Return a page that renders this document.": "展示该文档的页面。",
    "Return the script of that page.": "该页面的脚本。",
}
METRICS: Final = {
    "Attempts to deliver an alert message since the start.": "启动以来发送提醒消息的次数。",
    "1 for a channel that did not accept its last message.": "上一条消息发送失败的渠道为 1。",
    "Alert messages that are not delivered yet.": "尚未送达的提醒消息数。",
    "Open alert episodes.": "进行中的提醒事件数。",
    "The balance, in credits or in thousandths of a yuan, in all and by part.": (
        "余额的合计与各组成部分，单位为积分或千分之一元。"
    ),
    "The version.": "版本号。",
    "Credits of counted records.": "计入统计的请求所消耗的积分。",
    "When the site last answered successfully.": "站点最近一次正常响应的时间。",
    "1 for the link's present state.": "与站点的连接当前所处的状态为 1。",
    "Records stored.": "已保存的请求数。",
    "Rows that could not be parsed.": "无法识别的数据行数。",
    "Counted records.": "计入统计的请求数。",
    "The store's revision.": "数据的修订号。",
    "Open event streams.": "打开的事件流数量。",
}
_HEADS: Final = {
    "name": "名称",
    "default": "默认值",
    "meaning": "说明",
    "type": "类型",
    "call": "接口",
    "code": "代码",
    "status": "状态码",
}
TEXTS: Final = {**SETTINGS, **CALLS, **METRICS, **_HEADS}


def words(language: str) -> Callable[[str], str]:
    """Return a function from an English text to that of a language; a missing one is a KeyError."""
    return TEXTS.__getitem__ if language == "zh" else str
