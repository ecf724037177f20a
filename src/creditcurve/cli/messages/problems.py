"""Texts of problems that the interface answers with.

A problem without a text here is shown by its English detail.
"""

from typing import Final

from creditcurve.cli.messages.text import Text

PROBLEMS: Final = {
    "cannot_verify": "暂时无法连接站点来验证 Cookie。",
    "cookie_ambiguous": "内容中包含多个不同的 Cookie：请只复制一个请求。",
    "cookie_control_character": "Cookie 中有换行或其他不可见字符：请从浏览器重新完整复制。",
    "cookie_empty": "内容是空的：请重新复制请求（以 cURL 格式复制）。",
    "cookie_expired": "其中的登录已过期：请重新登录站点后再复制。",
    "cookie_invalid": "Cookie 已失效：请粘贴新的 Cookie。",
    "cookie_non_ascii": "Cookie 中有无效字符，可能在复制时被截断：请重新完整复制。",
    "cookie_rejected": "站点不接受这个 Cookie：请重新登录站点后再复制。",
    "cookie_too_large": "内容超过 64 KiB，不会是一个 Cookie：请只复制一个请求。",
    "internal_error": "CreditCurve 内部出错，详情见日志。",
    "reset_doubtful": "未收到站点的答复：请先核对余额，再决定是否重试。",
    "reset_not_available": "站点目前不提供重置，未消耗次数。",
    "reset_used": "今天的重置次数已用完，明天可再次重置。",
    "no_cookie": "还没有 Cookie：请运行 creditcurve cookie set。",
    "no_cookie_in_snippet": "其中没有该站点的 Cookie：请登录后复制站点自己的请求。",
    "session_cookie_incomplete": "登录 Cookie 缺少一部分：请重新完整复制。",
    "session_cookie_missing": "未找到登录 Cookie：它带有 HttpOnly 标记，请从“网络”面板复制请求。",
    "storage_error": "数据目录暂时无法写入，已保存的数据不受影响。",
    "origin_fixed": "启动时已指定站点地址：若要更换，请去掉 --upstream 后重新启动。",
    "upstream_cookie_other_origin": "此 Cookie 属于另一个站点地址：请粘贴当前站点的 Cookie。",
    "upstream_error": "站点服务异常。",
    "upstream_forbidden": "站点拒绝了该账号或网络地址。",
    "upstream_name_not_found": "找不到站点的域名：请检查网络连接。",
    "upstream_network": "与站点的连接中断。",
    "upstream_login_page": "站点返回了登录页：请登录后粘贴新的 Cookie。",
    "upstream_login_redirect": "站点要求重新登录：请登录后粘贴新的 Cookie。",
    "upstream_not_json": "站点返回的是网页而非数据。",
    "upstream_proxy_unreachable": "无法连接访问站点所用的代理：请检查 CREDITCURVE_PROXY。",
    "upstream_rate_limited": "请求被站点限流。",
    "upstream_refused": "站点拒绝连接。",
    "upstream_schema_changed": "站点的数据格式已变更：请更新 CreditCurve。",
    "upstream_timeout": "站点响应超时。",
    "upstream_tls_error": "站点的证书不可信，没有发送任何内容。",
    "upstream_too_large": "站点返回的内容过大，已丢弃。",
    "upstream_unauthorized": "站点不再接受此 Cookie：请粘贴新的 Cookie。",
    "upstream_unexpected_redirect": "站点跳转到了其他地址，已拒绝跟随。",
    "upstream_unexpected_status": "站点返回了意外的状态码。",
    "upstream_unreachable": "无法连接站点：请检查网络连接。",
    "upstream_waf_challenge": "被防火墙拦截：请先在浏览器中完成验证，再重新粘贴 Cookie。",
}
"""Chinese texts by code; the interface's own details are English."""


def problem_text(code: str, detail: str) -> Text:
    """Return the text of a problem; its detail where no other text is known."""
    known = PROBLEMS.get(code) or PROBLEMS.get(f"upstream_{code}")
    return Text(detail, known or detail)
