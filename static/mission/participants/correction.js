/** Somebody's card as an organiser corrects it: only what was changed is sent. */

import { t } from "../../app/i18n.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { createDialog } from "../../parts/dialog.js";
import { keepForm } from "../../parts/keep_form.js";
import { LIMITS } from "../limits.js";
import { languageName } from "../programme/language.js";
import { countries, KINDS } from "./choices.js";
import { codeOf } from "./spoken.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../../pages/organise/people.js").Person} Person */

const LINES = /** @type {const} */ (["name", "organisation", "email", "phone", "place", "say_as", "pitch", "link"]);
const TAGS = /** @type {const} */ (["sectors", "offers", "seeks", "languages"]);
const CHOICES = /** @type {const} */ (["country", "kind"]);
const ALL = [...LINES, ...TAGS, ...CHOICES];

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
    const choice = (/** @type {typeof CHOICES[number]} */ name, /** @type {string[][]} */ options) => html`<label class="field-line">${t(`organise.person.${name}`)}
      <select name=${name}>${options.map(([value, label]) => html`<option value=${value}>${label}</option>`)}</select>${error(name)}</label>`;
    const limits = /** @type {Record<string, any>} */ (LIMITS.change_card);
    dialog.draw(
      t("organise.card.title", { name: person.name }),
      html`<form class="slot-form card-form" @submit=${save}>
        ${LINES.map((name) => line(name, limits[name].maxLength))}
        ${choice("country", countries(person.country, "–"))} ${choice("kind", KINDS.map((kind) => [kind, kind ? t(`kind.${kind}`) : "–"]))}
        ${TAGS.map((name) => line(name, limits[name].maxItems * (limits[name].items.maxLength + 2)))}
        <p class="soft">${t("organise.card.tags")}</p>
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
      for (const name of ALL) {
        const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
        field.value = textOf(name, /** @type {any} */ (person)[name]);
      }
      keepForm(form, kept());
      dialog.open();
    },
  };
}

/** @param {string} name of the field @param {string|string[]} value */
const textOf = (name, value) => (Array.isArray(value) ? value.map((one) => (name === "languages" ? languageName(one) : one)).join(", ") : value);

/** @param {HTMLFormElement} form @param {Person} person @returns {Record<string, any>} */
function changesOf(form, person) {
  const given = new FormData(form);
  const changed = ALL.filter((name) => String(given.get(name)).trim() !== textOf(name, /** @type {any} */ (person)[name]));
  return Object.fromEntries(
    changed.map((name) => {
      const said = String(given.get(name)).trim();
      if (!(/** @type {readonly string[]} */ (TAGS).includes(name))) return [name, said];
      const tags = said.split(",").map((tag) => tag.trim()).filter(Boolean);
      return [name, name === "languages" ? tags.map(codeOf) : tags];
    }),
  );
}
