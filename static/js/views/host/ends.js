/**
 * Ending somebody's stay or link: asked in a dialog, with the way back in a toast.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Person} Person
 */

import { renewLink } from "../../enter.js";
import { announce, find, html, nothing } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { createDialog } from "./dialog.js";
import { nameOf } from "./parts.js";

const REASON_MAX = 200;

/** @param {Host} host */
export function createEnds(host) {
  const dialog = createDialog("ends");
  /** About whom, and their new link once there is one. */
  let id = "";
  let link = "";

  /** @param {SubmitEvent} event */
  function remove(event) {
    event.preventDefault();
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason") ?? "").trim();
    dialog.close();
    const said = t("host.did.remove", { name: nameOf(host, id) });
    void host.acts.do("remove", { person: id, reason }, said);
  }

  async function renew() {
    const whose = id;
    try {
      const made = await renewLink(host.as, whose);
      if (whose === id) link = made;
    } catch (why) {
      host.acts.refused(/** @type {any} */ (why));
    }
    draw();
  }

  function draw() {
    if (!dialog.isOpen()) return;
    const name = nameOf(host, id);
    const person = host.store.get("person", id);
    const marked = person?.imitates ? drawMarked(name) : nothing;
    const guest = person?.came_by ? drawGuest(name, nameOf(host, person.came_by)) : nothing;
    dialog.draw(name, html`${marked} ${guest} ${drawRemove(name, remove, dialog.close)} ${drawRenew(name, link, renew)}`);
  }

  return {
    draw,
    /** @param {string} person */
    open(person) {
      id = person;
      link = "";
      dialog.open();
      draw();
      const form = /** @type {HTMLFormElement} */ (find("#ends form"));
      form.reset();
      // an Enter too many closes it
      const back = /** @type {HTMLElement} */ (find("#ends [data-act=back]"));
      back.focus();
    },
  };
}

/** @param {string} name */
const drawMarked = (name) => html`<p class="facts">${t("host.imitates.what", { name })}</p>`;

/** @param {string} name @param {string} owner */
const drawGuest = (name, owner) => html`<p class="facts">${t("host.guest.what", { name, owner })}</p>`;

/** @param {string} name @param {(event: SubmitEvent) => void} remove @param {() => void} back */
function drawRemove(name, remove, back) {
  return html`<form class="settings" @submit=${remove}>
    <h3>${t("host.remove.title")}</h3>
    <p class="facts">${t("host.remove.what", { name })}</p>
    <label>
      ${t("host.remove.reason")}
      <input name="reason" maxlength=${REASON_MAX} autocomplete="off" />
    </label>
    <div class="acts">
      <button type="button" class="button is-small" data-act="back" @click=${back}>${t("host.cancel")}</button>
      <button class="button is-small is-danger" data-act="remove">${t("host.remove", { name })}</button>
    </div>
  </form>`;
}

/** @param {string} name @param {string} link @param {() => void} renew */
function drawRenew(name, link, renew) {
  return html`<section class="settings-stage renew">
    <h3>${t("host.renew.title")}</h3>
    <p class="facts">${t("host.renew.what", { name })}</p>
    ${
      link
        ? drawLink(name, link)
        : html`<div class="acts">
            <button type="button" class="button is-small" data-act="renew" @click=${renew}>
              ${t("host.renew")}
            </button>
          </div>`
    }
  </section>`;
}

/** @param {string} name @param {string} link */
function drawLink(name, link) {
  const all = (/** @type {FocusEvent} */ event) => /** @type {HTMLInputElement} */ (event.target).select();
  return html`<div class="renewed">
    <label>${t("host.renew.link", { name })}<input readonly .value=${link} @focus=${all} /></label>
    <button type="button" class="button is-small" @click=${copy}>${t("host.copy")}</button>
  </div>`;
}

/** Also where no clipboard is given: on a page without https. @param {Event} event */
function copy({ currentTarget }) {
  const button = /** @type {HTMLButtonElement} */ (currentTarget);
  find("input", /** @type {HTMLElement} */ (button.parentElement))?.focus();
  const copied = document.execCommand("copy");
  announce(t(copied ? "host.copied" : "host.copy.not"));
  button.classList.toggle("is-copied", copied);
}

/** @param {Person} person @param {Host} host */
export function drawEndsButton(person, host) {
  return html`<button
    type="button"
    class="icon-button arrival-more"
    data-act="ends"
    aria-label=${t("host.ends.open", { name: person.name })}
    aria-haspopup="dialog"
    @click=${() => host.ends.open(person.id)}
  >
    <span aria-hidden="true">…</span>
  </button>`;
}
