/** What whoever one accepts is given: the card, and what one agreed to beside it. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { DEFAULTS } from "../consent/participant.js";

/** @param {import("../../pages/mission/frame.js").Room} room */
export function given({ store, address, me }) {
  const agreed = store.get("consent", me()?.id)?.details?.on ?? DEFAULTS.details;
  const words = new URLSearchParams({ tab: "me" });
  const has = Boolean(me()?.email || me()?.phone);
  return html`<p class="soft given">
    ${t(agreed ? (has ? "contacts.given.details" : "contacts.given.none") : "contacts.given.card")}
    <a href=${address.href(words)} @click=${leads(address, words)}>${t("contacts.given.change")}</a>
  </p>`;
}
