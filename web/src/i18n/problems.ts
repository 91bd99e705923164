/** What can go wrong, and what to do next. Words of the server are shown as they come beside these. */
export const zh = {
  title: "没有成功",
  unreachable: "连不上服务",
  unreachableHint: "请确认 zonetwin serve 正在运行,然后重试。已显示的内容是断开前的。",
  noActor: "还不知道是谁在操作",
  noActorHint: "每一次修改都要记下姓名和单位。请先填写。",
  whoAmI: "填写姓名与单位",
  notFound: "没有找到",
  again: "重试",
  offline: "与服务的连接已断开,正在重试……",
  noWebgl: "这台设备不能显示地图",
  noWebglHint: "浏览器没有 WebGL 2。所有数据仍可在表格中查看;换用新版浏览器或打开硬件加速后可看地图。",
  mapFailed: "地图没有加载成功",
};

export const en: typeof zh = {
  title: "That did not work",
  unreachable: "The server cannot be reached",
  unreachableHint: "Check that zonetwin serve is running, then try again. What is shown is from before.",
  noActor: "Nobody is named as the author",
  noActorHint: "Every change is recorded with a name and an organisation. Say who you are first.",
  whoAmI: "Say who you are",
  notFound: "Not found",
  again: "Try again",
  offline: "The connection to the server is lost; trying again…",
  noWebgl: "This device cannot draw the map",
  noWebglHint: "The browser has no WebGL 2. All data is still in the tables; a newer browser or hardware acceleration brings the map.",
  mapFailed: "The map could not be loaded",
};
