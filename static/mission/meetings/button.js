/** A press that proposes a meeting to somebody with whom one is connected. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { calendarDays } from "../../vendor/icons.js";

/** @typedef {{whom: string, name: string}} Whom */

/** @param {import("../../pages/mission/frame.js").Room} room @param {Whom} whom */
export const proposeButton = (room, { whom, name }) =>
  html`<button type="button" class="button is-small" data-act="meet" @click=${() => void open(room, { whom, name })}>${icon(calendarDays)} ${t("meetings.propose")}</button>`;

/** The same where there is room for a picture alone. @param {import("../../pages/mission/frame.js").Room} room @param {Whom} whom */
export const proposeIcon = (room, { whom, name }) =>
  html`<button type="button" class="icon-button" data-act="meet" aria-label=${t("meetings.propose")} title=${t("meetings.propose")} @click=${() => void open(room, { whom, name })}>${icon(calendarDays)}</button>`;

/** @param {import("../../pages/mission/frame.js").Room} room @param {Whom} whom */
async function open(room, whom) {
  const { openMeet } = await import("./propose.js");
  await openMeet(room, { how: "propose", ...whom });
}
