import type { Like } from "../../catalogue";
import type { data as english } from "../../en/settings/data";

export const data: Like<typeof english> = {
  stored: "已保存的请求",
  storedValue: (total, counted) => `${total} 条（${counted} 条计入）`,
  quarantined: "未识别的数据",
  quarantinedHint: "站点返回的、无法识别的数据，已保留。",
  since: "最早",
  look: (count) => `查看 ${count} 条未识别的数据`,
  lookShort: "查看",
  sums: "仅保留汇总",
  sumsBefore: (moment) => `${moment} 之前`,
  removed: (count) => `已删除 ${count} 条请求明细，仅保留汇总。`,
  size: "占用空间",
  keep: "保留期限",
  keepHint: "更早的请求明细会被删除，仅保留汇总。",
  keepAll: "永久保留",
  keepDays: (days) => `${days} 天`,
  days: "天数",
  daysHint: "1 到 36,500 之间的整数。",
  removeQuestion: (count, _isOne, before) =>
    `要删除 ${before} 之前的 ${count} 条请求明细吗？删除后无法恢复。`,
  removeDetail: "每 15 分钟的汇总会保留，每条请求的时间、积分和状态码会被删除。",
  removeYes: "删除",
  export: "导出",
  exportHint: "所有已保存的请求。",
  exportFrom: (before) => `所有已保存的请求，不含 ${before} 之前已删除的请求。`,
  exportAs: (format) => `导出为 ${format}`,
  backup: "备份",
  backupHint: "完整备份数据库，不含 Cookie。",
  copy: (command) => `复制“${command}”`,
  copied: "已复制",
};
