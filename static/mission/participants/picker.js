/**
 * Choosing people by a few letters of their name: those who are chosen stand before the field, and whoever is not here
 * yet is invited on the spot. Words that are typed and mean nobody yet are no choice: whoever saves is told so first.
 */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { x } from "../../vendor/icons.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("../../pages/organise/people.js").Person} Person */

const OFFERED = 6;
const AFTER_MS = 150;

/** Each has ids of its own: a page has several of one name. */
let made = 0;

/** @param {Organiser} room @param {"hosts"|"speakers"} name of the field @param {(change: any) => void} amend
 * @param {(typed?: boolean) => void} again draw it as it is; `typed` where its words are others, so that what was said of them is over */
export function createPicker(room, name, amend, again) {
  const own = `${name}-${++made}`;
  /** @type {string[]} */
  let chosen = [];
  let words = "";
  /** Whom the words fit, and which of them is gone to by arrow keys. @type {Person[]|null} */
  let found = null;
  let at = 0;
  /** @type {any} */
  let timer;

  const set = (/** @type {string[]} */ ids) => amend({ [name]: ids });

  /** @param {Event} event */
  function typed({ target }) {
    words = /** @type {HTMLInputElement} */ (target).value;
    clearTimeout(timer);
    if (!words.trim()) found = null;
    again(true);
    if (!words.trim()) return;
    const wanted = words;
    timer = setTimeout(async () => {
      const page = await room.people.find({ q: wanted.trim() }).catch(() => null);
      // what was typed meanwhile is looked for by itself
      if (wanted !== words) return;
      const may = (page?.people ?? []).filter(({ id, state }) => !chosen.includes(id) && ["invited", "admitted"].includes(state));
      found = may.slice(0, OFFERED);
      at = 0;
      again();
    }, AFTER_MS);
  }

  /** @param {string} id */
  function choose(id) {
    words = "";
    found = null;
    set([...chosen, id]);
  }

  async function invite() {
    const person = await room.invite(words.trim(), true);
    if (person) choose(person);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const count = (found?.length ?? 0) + (found ? 1 : 0);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Backspace" && !words && chosen.length) return set(chosen.slice(0, -1));
    if (!found || event.isComposing) return;
    if (event.key === "Escape") found = null;
    else if (step) at = (at + step + count) % count;
    else if (event.key === "Enter") {
      event.preventDefault();
      return void (found[at] ? choose(found[at].id) : invite());
    } else return;
    event.preventDefault();
    event.stopPropagation();
    again();
  }

  const option = (/** @type {number} */ number) => `${own}-option-${number}`;

  function drawFound() {
    if (!found) return nothing;
    const many = found;
    return html`<ul class="picker-found" id="${own}-found" role="listbox" aria-labelledby="${own}-label">
      ${many.map(
        (person, number) => html`<li id=${option(number)} role="option" aria-selected=${number === at ? "true" : "false"} @click=${() => choose(person.id)}>
          <bdi dir="auto" .textContent=${person.name}></bdi> <span class="soft"><bdi dir="auto" .textContent=${person.organisation || person.email}></bdi></span>
        </li>`,
      )}
      <li id=${option(many.length)} role="option" aria-selected=${at === many.length ? "true" : "false"} @click=${() => void invite()}>
        ${t("organise.picker.invite", { name: words.trim() })}
      </li>
    </ul>`;
  }

  return {
    /** What is typed and nobody was chosen by. */
    left: () => words.trim(),
    clear: () => void ((words = ""), (found = null)),
    /** @param {string[]} ids @param {string} label @param {unknown} [note] before the field: what is found lies behind it */
    draw(ids, label, note = nothing) {
      chosen = ids;
      return html`<span id="${own}-label">${label}</span>${note}<div class="picker">
        ${ids.map((id) => {
          const called = room.people.get(id)?.name ?? "…";
          return html`<span class="chip"><bdi dir="auto" .textContent=${called}></bdi>
            <button type="button" class="chip-gone" aria-label=${t("organise.picker.remove", { name: called })} @click=${() => set(ids.filter((one) => one !== id))}>${icon(x)}</button></span>`;
        })}
        <input
          name=${name}
          maxlength=${LIMITS.invite.name.maxLength}
          role="combobox"
          aria-labelledby="${own}-label"
          aria-autocomplete="list"
          aria-expanded=${found ? "true" : "false"}
          aria-controls="${own}-found"
          aria-activedescendant=${found ? option(at) : nothing}
          autocomplete="off"
          placeholder=${t("organise.picker.hint")}
          .value=${words}
          @input=${typed}
          @keydown=${key}
        />
        ${drawFound()}
      </div>`;
    },
  };
}
