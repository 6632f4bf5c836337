/** On a session's page: how many private messages wait, which leads to them beside the hour. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { weekPath } from "../../parts/to_week.js";
import { messageCircle } from "../../vendor/icons.js";
import { unread } from "./unread.js";

/** @param {import("../../app/enter.js").Identity} identity */
export function createMark({ mission: id, as }) {
  let n = 0;

  /** @param {import("../../app/store.js").Store} mission @param {boolean} isBusy nothing new is told to who is in the picture */
  return (mission, isBusy) => {
    if (!isBusy) n = unread(mission);
    if (!n) return nothing;
    const label = t("asking.unread", { n });
    return html`<a class="icon-button arrived-open" data-act="messages" href=${`${weekPath(id ?? "", as)}&tab=messages`} target="_blank" rel="noopener" aria-label=${label} title=${label}>
      ${icon(messageCircle)}<span class="count" aria-hidden="true">${n}</span>
    </a>`;
  };
}
