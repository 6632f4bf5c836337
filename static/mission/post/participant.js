/** Whether I want letters that answer nothing I did, and of which kinds: switches beside those of what I agree to. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

const KINDS = ["news", "messages", "meetings"];

/** @param {import("../../pages/mission/frame.js").Room} room */
export function letterSwitch({ store, identity, toast }) {
  const box = store.get("letterbox", store.you?.id ?? identity.you.id);
  const isOn = !box?.closed;
  /** @param {string|null} of @param {boolean} on */
  const turn = (of, on) => {
    store.do("want_letters", { on, ...(of && { of }) }).done.catch(() => toast(t("refused.unknown"), true));
  };
  /** @param {string} kind */
  const drawKind = (kind) => {
    const isWanted = !box?.without?.includes(kind);
    return html`<li>
      <label class="switch" for="letters-${kind}">
        <input id="letters-${kind}" type="checkbox" role="switch" .checked=${isWanted} @change=${() => turn(kind, !isWanted)} />
        <span class="switch-name">${t(`letters.wanted.${kind}`)}</span>
      </label>
    </li>`;
  };
  return html`<li>
    <label class="switch" for="letters-wanted">
      <input id="letters-wanted" type="checkbox" role="switch" .checked=${isOn} aria-describedby="letters-wanted-what" @change=${() => turn(null, !isOn)} />
      <span class="switch-name">${t("letters.wanted")}</span>
    </label>
    <p class="soft" id="letters-wanted-what">${t(isOn ? "letters.wanted.on" : "letters.wanted.off")}</p>
    ${isOn ? html`<ul class="switches" aria-label=${t("letters.wanted")}>${KINDS.map(drawKind)}</ul>` : nothing}
  </li>`;
}
