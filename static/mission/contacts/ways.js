/** What comes after a contact: to write to them, and to meet. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { icon } from "../../parts/icon.js";
import { messageCircle } from "../../vendor/icons.js";
import { proposeButton } from "../meetings/button.js";

/** @param {import("../../pages/mission/frame.js").Room} room @param {{whom: string, name: string}} other */
export function ways(room, other) {
  const words = new URLSearchParams({ tab: "messages", with: other.whom });
  return html`<a class="button is-small" href=${room.address.href(words)} data-way-to="messages" @click=${leads(room.address, words)}>${icon(messageCircle)} ${t("conversations.write")}</a>
    ${proposeButton(room, other)}`;
}
