/** Verdicts and the codes that explain them. */
export const zh = {
  met: "达标",
  "on-track": "按计划",
  "at-risk": "关注",
  behind: "滞后",
  missed: "未达成",
  "cannot-be-scored": "无法评分",
  "not-a-target": "非目标",
  long: {
    met: "达标:已经达到",
    "on-track": "按计划:跟得上匀速进度",
    "at-risk": "关注:略低于应有进度",
    behind: "滞后:明显低于应有进度",
    missed: "未达成:期限已过仍未达到",
    "cannot-be-scored": "无法评分:缺数据或条款不可计",
    "not-a-target": "非目标:背景数或参数",
  },
  standing: {
    unknown: "还不能判断",
    "on-track": "按进度推进",
    mostly: "大体按进度",
    late: "落后于进度",
  },
};

export const en: typeof zh = {
  met: "Met",
  "on-track": "On track",
  "at-risk": "At risk",
  behind: "Behind",
  missed: "Missed",
  "cannot-be-scored": "Unscored",
  "not-a-target": "No target",
  long: {
    met: "Met: the value is reached",
    "on-track": "On track: keeps the even pace",
    "at-risk": "At risk: a little below the pace",
    behind: "Behind: clearly below the pace",
    missed: "Missed: the deadline passed without it",
    "cannot-be-scored": "Unscored: data is missing or the clause cannot be counted",
    "not-a-target": "No target: context or a parameter",
  },
  standing: {
    unknown: "cannot be told yet",
    "on-track": "on track",
    mostly: "mostly on track",
    late: "behind schedule",
  },
};
