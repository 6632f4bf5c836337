/** Filters that somebody keeps: chosen at a press, kept under a name, dropped again. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { bookmark, trash2 } from "../../vendor/icons.js";
import { addressOf, isPlain, lookOf } from "./look.js";
import { NAME_MAX, SAVED_MAX, savedOf } from "./saved.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./look.js").Look} Look */

/** @param {Room} room @param {() => void} changed */
export function savedFilters(room, changed) {
  const kept = savedOf(room);
  const dialog = createDialog("directory-saved");

  /** @param {Look} look @param {(look: Look) => void} go */
  function draw(look, go) {
    const address = String(addressOf({ ...look, page: 0 }));
    const all = kept.all();
    const keep = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("name"));
      if (!field.value.trim()) return field.focus();
      kept.keep(field.value, address);
      dialog.close();
      room.toast(t("saved.kept"));
      changed();
    };
    const drop = (/** @type {string} */ one) => (kept.drop(one), draw(look, go), changed());
    dialog.draw(
      t("saved.title"),
      html`${isPlain(look) || all.some((one) => one.address === address)
          ? nothing
          : html`<form class="stack" @submit=${keep}>
              <div class="field"><label for="saved-name">${t("saved.name")}</label>
                <input id="saved-name" name="name" maxlength=${NAME_MAX} autocomplete="off" /></div>
              <p><button class="button is-primary">${t("saved.keep")}</button></p>
              ${all.length >= SAVED_MAX ? html`<p class="soft">${t("saved.full")}</p>` : nothing}
            </form>`}
        <ul class="saved-list">${all.map((one) => html`<li>
          <button type="button" class="button is-quiet saved-go" @click=${() => (dialog.close(), go(lookOf(new URLSearchParams(one.address))))}><bdi dir="auto">${one.name}</bdi></button>
          <button type="button" class="icon-button" aria-label=${t("saved.drop", { name: one.name })} @click=${() => drop(one.address)}>${icon(trash2)}</button>
        </li>`)}</ul>
        <p class="soft">${t(all.length || !isPlain(look) ? "saved.what" : "saved.empty")}</p>`,
    );
  }

  return (/** @type {Look} */ look, /** @type {(look: Look) => void} */ go) => {
    if (isPlain(look) && !kept.all().length) return nothing;
    const open = () => (draw(look, go), dialog.open());
    return html`<button type="button" class="button is-small is-quiet" @click=${open}>${icon(bookmark)} ${t("saved.open")}</button>`;
  };
}
