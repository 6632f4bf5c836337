/** The tabs of the organisers' page, in their order; each comes when it is first opened. */

/** @typedef {keyof typeof TABS} Tab */

export const TABS = {
  guide: () => import("./guide.js"),
  programme: () => import("../../mission/programme/organiser.js"),
  people: () => import("../../mission/participants/organiser.js"),
  imports: () => import("../../mission/imports/organiser.js"),
  post: () => import("../../mission/post/organiser.js"),
  announcements: () => import("../../mission/announcements/organiser.js"),
  reported: () => import("../../mission/conversations/organiser.js"),
  history: () => import("../../mission/history/organiser.js"),
  settings: () => import("../../mission/mission/organiser.js"),
};
