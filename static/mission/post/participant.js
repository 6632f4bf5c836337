/** Whether I want letters that answer nothing I did: a switch beside those of what I agree to. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";

/** @param {import("../../pages/mission/frame.js").Room} room */
export function letterSwitch({ store, identity, toast }) {
  const isOn = () => !store.get("letterbox", store.you?.id ?? identity.you.id);
  const turn = () => {
    store.do("want_letters", { on: !isOn() }).done.catch(() => toast(t("refused.unknown"), true));
  };
  return html`<li>
    <label class="switch" for="letters-wanted">
      <input id="letters-wanted" type="checkbox" role="switch" .checked=${isOn()} aria-describedby="letters-wanted-what" @change=${turn} />
      <span class="switch-name">${t("letters.wanted")}</span>
    </label>
    <p class="soft" id="letters-wanted-what">${t(isOn() ? "letters.wanted.on" : "letters.wanted.off")}</p>
  </li>`;
}
