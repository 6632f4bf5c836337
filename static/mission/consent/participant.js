/** Consent: five switches, each with what it does; turned at a press, for all to feel at once. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { letterSwitch } from "../post/participant.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** In their order, and how each stands before it was ever turned. */
export const DEFAULTS = { listed: true, present: true, spotlight: true, recordings: false, details: true };

/** @typedef {keyof typeof DEFAULTS} Switch */

/** @param {Room} room */
export function consentPanel(room) {
  const { store } = room;
  const consent = () => store.get("consent", store.you?.id ?? room.identity.you.id) ?? /** @type {any} */ ({});
  const isOn = (/** @type {Switch} */ name) => consent()[name]?.on ?? DEFAULTS[name];

  /** @param {Switch} name */
  const turn = (name) => {
    store.do("turn", { switch: name, on: !isOn(name) }).done.catch(() => room.toast(t("refused.unknown"), true));
  };

  /** @param {Switch} name */
  function one(name) {
    const at = consent()[name]?.at;
    return html`<li>
      <label class="switch" for="consent-${name}">
        <input id="consent-${name}" type="checkbox" role="switch" .checked=${isOn(name)} aria-describedby="consent-${name}-what" @change=${() => turn(name)} />
        <span class="switch-name">${t(`consent.${name}`)}</span>
      </label>
      <p class="soft" id="consent-${name}-what">${t(`consent.${name}.${isOn(name) ? "on" : "off"}`)}
        ${at ? html`<span class="consent-since">${t("consent.since", { date: formatTime(at, { day: "numeric", month: "long" }) })}</span>` : nothing}</p>
    </li>`;
  }

  return {
    isListed: () => isOn("listed"),
    isSeen: () => isOn("listed") && isOn("present"),
    draw: () => html`<section class="panel me-consent" aria-labelledby="me-consent">
      <div class="panel-head"><h2 id="me-consent">${t("consent.title")}</h2></div>
      <ul class="switches">${/** @type {Switch[]} */ (Object.keys(DEFAULTS)).map(one)}${letterSwitch(room)}</ul>
    </section>`,
  };
}
