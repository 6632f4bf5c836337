/** Somebody's card as an organiser corrects it: only what was changed is sent. */

import { countryName, t } from "../../app/i18n.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { createDialog } from "../../parts/dialog.js";
import { keepForm } from "../../parts/keep_form.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../../pages/organise/people.js").Person} Person */

const LINES = /** @type {const} */ (["name", "organisation", "email", "phone", "place", "country", "say_as", "pitch", "link"]);
const TAGS = /** @type {const} */ (["sectors", "offers", "seeks", "languages"]);
const KINDS = ["", "sme", "consultancy", "knowledge", "local", "federal", "other"];

/** @param {Organiser} room @param {() => void} done */
export function createCorrection(room, done) {
  const dialog = createDialog("card-form");
  /** @type {Person} */
  let person;
  let wrong = { field: "", text: "" };
  const kept = () => draftOf(room, `card/${person.id}`);

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const args = changesOf(form, person);
    if (!Object.keys(args).length) return close();
    const before = Object.fromEntries(Object.keys(args).map((name) => [name, /** @type {any} */ (person)[name]]));
    const undo = [{ command: "change_card", args: { participant: person.id, ...before } }];
    const said = () => t("organise.did.corrected", { name: person.name });
    if (!(await room.acts.do("change_card", { participant: person.id, ...args }, { said, undo, refused }))) return;
    close();
    done();
  }

  function close() {
    kept().set(null);
    dialog.close();
  }

  /** @param {import("../../pages/organise/acts.js").Refused} why */
  function refused(why) {
    wrong = { field: why.field ?? "name", text: reasonOf(why) };
    draw();
    find(`#card-form [name=${wrong.field}]`)?.focus();
  }

  function draw() {
    const error = (/** @type {string} */ name) => (wrong.field === name ? html`<span class="error" role="alert">${wrong.text}</span>` : nothing);
    const line = (/** @type {string} */ name, /** @type {number} */ most) => html`<label class="field-line">${t(`organise.person.${name}`)}
      <input name=${name} autocomplete="off" maxlength=${most} aria-invalid=${wrong.field === name ? "true" : nothing} />${error(name)}</label>`;
    const limits = /** @type {Record<string, any>} */ (LIMITS.change_card);
    dialog.draw(
      t("organise.card.title", { name: person.name }),
      html`<form class="slot-form card-form" @submit=${save}>
        ${LINES.map((name) => line(name, limits[name].maxLength))}
        <label class="field-line">${t("organise.person.kind")}
          <select name="kind">${KINDS.map((kind) => html`<option value=${kind}>${kind ? t(`kind.${kind}`) : "–"}</option>`)}</select></label>
        ${TAGS.map((name) => line(name, limits[name].maxItems * (limits[name].items.maxLength + 2)))}
        <p class="soft">${t("organise.card.tags")} ${person.country ? countryName(person.country) : ""}</p>
        <div class="acts form-foot"><button class="button is-primary">${t("organise.save")}</button>
          <button type="button" class="button is-quiet" @click=${close}>${t("organise.cancel")}</button></div>
      </form>`,
    );
  }

  return {
    /** @param {Person} which */
    open(which) {
      person = which;
      wrong = { field: "", text: "" };
      draw();
      const form = /** @type {HTMLFormElement} */ (dialog.find("form"));
      for (const name of [...LINES, ...TAGS, "kind"]) {
        const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
        field.value = textOf(/** @type {any} */ (person)[name]);
      }
      keepForm(form, kept());
      dialog.open();
    },
  };
}

/** @param {string|string[]} value */
const textOf = (value) => (Array.isArray(value) ? value.join(", ") : value);

/** @param {HTMLFormElement} form @param {Person} person @returns {Record<string, any>} */
function changesOf(form, person) {
  const given = new FormData(form);
  const changed = [...LINES, ...TAGS, "kind"].filter((name) => String(given.get(name)).trim() !== textOf(/** @type {any} */ (person)[name]));
  return Object.fromEntries(
    changed.map((name) => {
      const said = String(given.get(name)).trim();
      return [name, /** @type {readonly string[]} */ (TAGS).includes(name) ? said.split(",").map((tag) => tag.trim()).filter(Boolean) : said];
    }),
  );
}
