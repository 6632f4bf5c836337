/**
 * The tabs of a participant's page, in their order. To add one is a line here, its word `mission.tab.NAME` in both
 * languages, and a line in `later.js` with what draws itself there.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("../../vendor/lit-html.js").TemplateResult} Drawing
 * @typedef {{name: string, icon: Drawing, count?: (store: Store) => number, aside?: boolean}} Tab
 *   `count`: what is new there and waits for one; `aside`: on a phone it stands above, beside the page's menu
 */

import { waiting } from "../../mission/contacts/waiting.js";
import { unread } from "../../mission/conversations/unread.js";
import { waiting as asked } from "../../mission/meetings/waiting.js";
import { calendarDays, clock, handshake, messageCircle, user, users } from "../../vendor/icons.js";

/** @type {Tab[]} */
export const TABS = [
  { name: "week", icon: calendarDays },
  { name: "participants", icon: users },
  { name: "contacts", icon: handshake, count: waiting },
  { name: "messages", icon: messageCircle, count: unread },
  { name: "meetings", icon: clock, count: asked },
  { name: "me", icon: user, aside: true },
];
