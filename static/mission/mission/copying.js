/** The next mission, begun as a copy of this one. */

import { t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { html, nothing } from "../../app/lib/dom.js";
import { copied } from "../../parts/copied.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { LIMITS } from "../limits.js";
import { slug } from "../programme/slug.js";
import { dayOn } from "../programme/times.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {{title: string, starts_on: string, mission: string}} Fields */

/** Fifty-two weeks: the same day of the week. */
const YEAR = 364;

/** @param {Organiser} room @param {() => void} redraw */
export function createCopying(room, redraw) {
  const kept = draftOf(room, "copy");
  /** @type {Partial<Fields>} */
  let changed = kept.get() ?? {};
  let wrong = { field: "", text: "" };
  let link = "";
  let busy = false;

  /** @param {Partial<Fields>} change */
  function amend(change) {
    changed = { ...changed, ...change };
    kept.set(changed);
    wrong = { field: "", text: "" };
    redraw();
  }

  /** @returns {Fields} */
  function now() {
    const { title, starts_on } = /** @type {import("../records.js").Mission} */ (room.about());
    const all = { title: nextYear(title), starts_on: dayOn(starts_on, YEAR), ...changed };
    return { mission: slug(all.title) === room.mission ? `${slug(all.title)}-${all.starts_on.slice(0, 4)}` : slug(all.title), ...all };
  }

  /** @param {Event} event */
  async function copy(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    redraw();
    const refused = (/** @type {import("../../pages/organise/acts.js").Refused} */ why) => void (wrong = { field: why.field ?? "", text: reasonOf(why) });
    const made = await room.acts.call("copy", now(), { refused });
    busy = false;
    if (made) {
      link = new URL(made.path, location.origin).href;
      changed = {};
      kept.set(null);
    }
    redraw();
  }

  return {
    draw() {
      const { title, starts_on, mission } = now();
      const line = (/** @type {keyof Fields} */ name, /** @type {string} */ value, type = "text") => html`<label class="field-line">${t(`organise.copy.${name}`)}
        <input name="copy_${name}" type=${type} autocomplete="off" maxlength=${name === "starts_on" ? nothing : LIMITS.copy[name].maxLength} .value=${value} aria-invalid=${wrong.field === name ? "true" : nothing} @change=${(/** @type {Event} */ e) => amend({ [name]: /** @type {HTMLInputElement} */ (e.target).value })} /></label>`;
      return html`<form class="settings-part" data-settings="copy" novalidate @submit=${copy}>
        <p class="soft">${t("organise.copy.what")}</p>
        ${line("title", title)}
        <div class="pair">${line("starts_on", starts_on, "date")} ${line("mission", mission)}</div>
        ${wrong.text ? html`<p class="error" role="alert">${wrong.text}</p>` : nothing}
        <div class="acts"><button class="button" aria-disabled=${busy ? "true" : nothing}>${t(busy ? "organise.copy.busy" : "organise.copy")}</button></div>
        ${link ? html`<div role="status">${copied(t("organise.copy.link"), link)}<p class="soft">${t("organise.copy.open")} <a href=${link} target="_blank">${t("organise.copy.go")}</a></p></div>` : nothing}
      </form>`;
    },
  };
}

/** Its title with the year after. @param {string} title */
const nextYear = (title) => title.replace(/\b20\d\d\b/, (year) => String(Number(year) + 1));
