/** A mission's look: its colour, which is made readable whatever it is, the words beside its picture, and the picture. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { LIMITS } from "../limits.js";
import { shades } from "./look.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {{accent: string, brand: string}} Appearance */

const { brand: BRAND } = LIMITS.change_mission;
/** The house's own. */
const USUAL = "#0b6b68";
/** As large as a picture is ever drawn, twice over for fine screens; and as many bytes as the server takes. */
const SIDE = { width: 480, height: 160 };
const BYTES = 48 * 1024;

/** @param {Mission} mission @returns {Appearance} */
export const appearanceOf = ({ accent, brand }) => ({ accent, brand });

/** @param {import("./part.js").Form<Appearance>} form */
export function drawAppearance({ now, wrong, amend }) {
  const colour = now.accent || USUAL;
  return html`<div class="pair">
      <label class="field-line">${t("organise.look.accent")}
        <input type="color" name="accent" .value=${colour} @input=${(/** @type {Event} */ e) => amend({ accent: /** @type {HTMLInputElement} */ (e.target).value })} /></label>
      <label class="field-line">${t("organise.look.brand")}
        <input name="brand" maxlength=${BRAND.maxLength} autocomplete="off" .value=${now.brand} aria-invalid=${wrong.field === "brand" ? "true" : nothing} @input=${(/** @type {Event} */ e) => amend({ brand: /** @type {HTMLInputElement} */ (e.target).value })} /></label>
    </div>
    <p class="row swatches" aria-hidden="true">${(/** @type {const} */ (["light", "dark"])).map((theme) => drawSwatch(colour, theme))}</p>
    <p class="soft">${t("organise.look.safe")}
      ${now.accent ? html`<button type="button" class="button is-small is-quiet" @click=${() => amend({ accent: "" })}>${t("organise.look.usual")}</button>` : nothing}</p>`;
}

/** @param {string} colour @param {"light"|"dark"} theme */
function drawSwatch(colour, theme) {
  const { action, on } = shades(colour, theme);
  return html`<span class="swatch" .style=${`background:${action};color:${on}`}>${t(`organise.look.${theme}`)}</span>`;
}

/** The picture, which is sent as soon as it is chosen. @param {Organiser} room @param {Mission} mission */
export function drawPicture(room, mission) {
  const none = () => void show(room, new Blob([]));
  return html`<div class="picture-line">
    ${mission.picture ? html`<img class="brand-picture" src=${pictureOf(mission)} alt=${t("organise.look.picture.now")} />` : html`<span class="soft">${t("organise.look.picture.none")}</span>`}
    <label class="button">${t("organise.look.picture")}<input class="unseen" type="file" name="picture" accept="image/png,image/jpeg,image/webp" @change=${(/** @type {Event} */ e) => void chosen(room, e)} /></label>
    ${mission.picture ? html`<button type="button" class="button is-quiet" @click=${none}>${t("organise.look.picture.gone")}</button>` : nothing}
  </div>`;
}

/** @param {Mission} mission */
export const pictureOf = ({ id, picture }) => `/api/missions/${id}/picture/${picture}`;

/** @param {Organiser} room @param {Event} event */
async function chosen(room, { target }) {
  const field = /** @type {HTMLInputElement} */ (target);
  const file = field.files?.[0];
  field.value = "";
  if (!file) return;
  try {
    await show(room, await smaller(file));
  } catch {
    room.acts.tell(t("organise.look.picture.amiss"), true);
  }
}

/** @param {Organiser} room @param {Blob} picture */
const show = (room, picture) => room.acts.call("picture", picture, { said: () => t("organise.did.saved") });

/** As large as it is shown, and light enough; as it is where it is both already. @param {Blob} file @returns {Promise<Blob>} */
async function smaller(file) {
  const bitmap = await createImageBitmap(file);
  const part = Math.min(1, SIDE.width / bitmap.width, SIDE.height / bitmap.height);
  if (part === 1 && file.size <= BYTES && file.type !== "image/gif") return file;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * part)));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  for (const [type, quality] of /** @type {[string, number][]} */ ([["image/png", 1], ["image/webp", 0.9], ["image/jpeg", 0.7]])) {
    const made = await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
    if (made && made.size <= BYTES) return made;
  }
  throw new Error("no picture is as light as that");
}
