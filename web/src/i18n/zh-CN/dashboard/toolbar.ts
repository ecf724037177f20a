import type { Like } from "../../catalogue";
import type { toolbar as english } from "../../en/dashboard/toolbar";

export const toolbar: Like<typeof english> = {
  range: {
    label: "时间范围",
    hours: (hours) => `${hours} 小时`,
    hoursShort: (hours) => `${hours}h`,
    days: (days) => `${days} 天`,
    hoursLong: (hours) => `最近 ${hours} 小时`,
    daysLong: (days) => `最近 ${days} 天`,
    periods: { today: "今天", yesterday: "昨天", week: "本周" },
    more: "自定义及更多范围",
    custom: "自定义",
    customTitle: "自定义范围",
    from: "开始",
    to: "结束",
    apply: "显示",
    order: "开始时间必须早于结束时间。",
    unreadable: "这不是有效的日期和时间。",
  },
  groups: {
    label: "对比",
    model: "模型",
    byModel: "按模型",
    key: "Key",
    byKey: "按 API Key",
  },
  unreadable: (shown) => `${shown} 条未识别`,
  complete: {
    label: "完整",
    share: (share, gaps) => `完整度 ${share} · ${gaps} 处缺口`,
    differs: (hours) => `${hours} 小时与站点不一致`,
    whole: "该时段内数据没有缺口。",
    missed: (credits) => `在有缺口的整点小时内，站点的合计比本地记录多 ${credits}。`,
    gaps: {
      not_collecting: (count, length) => `未采集：${count} 处，共 ${length}`,
      scheduled: (count, length) => `按时间表暂停：${count} 处，共 ${length}`,
      possible_loss: (count, length) => `可能不完整：${count} 处，共 ${length}`,
      other_unit: (_count, length) => `计费单位不同：${length}，未计入合计`,
    },
  },
  reconciled: {
    score: (agree, hours) => `与站点对账 ${agree}/${hours} 小时一致`,
    differs: (hour, theirs, ours) => `${hour} 起 1 小时：站点 ${theirs}，本地 ${ours}`,
    inGap: (count) => `另有 ${count} 小时因缺口而不一致`,
    unit: (factor) => `站点以 ${factor} 表示 1 积分，已换算。`,
    read: (at) => `对账时间 ${at}`,
  },
};
