/**
 * Ending somebody's stay or link: asked in a dialog, with the way back in a toast.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 */

import { LIMITS } from "../../app/limits.js";
import { newLink } from "../../parts/new_link.js";
import { draftOf } from "../../app/lib/drafts.js";
import { keepForm } from "../../parts/keep_form.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { copied } from "../../parts/copied.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";
import { drawQuiet, keepQuiet } from "./quiet.js";
import { nameOf } from "./removed.js";

const REASON_MAX = LIMITS.remove.reason.maxLength;

/** @param {Host} host */
export function createEnds(host) {
  const dialog = createDialog("ends");
  /** About whom, and their new link once there is one. */
  let id = "";
  let link = "";
  const kept = () => draftOf(host, `remove/${id}`);
  const back = () => (kept().set(null), dialog.close());

  /** @param {SubmitEvent} event */
  function remove(event) {
    event.preventDefault();
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason") ?? "").trim();
    const draft = kept();
    dialog.close();
    const said = () => t("host.did.remove", { name: nameOf(host, id) });
    void host.acts.do("remove", { person: id, reason }, said).then((done) => done && draft.set(null));
  }

  async function renew() {
    const whose = id;
    try {
      const made = await newLink(host.as, "links", { person: whose });
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
    dialog.draw(name, html`${marked} ${guest} ${drawQuiet(host, id, name, () => dialog.close())} ${drawRemove(name, remove, back)} ${drawRenew(name, link, renew)}`);
  }

  return {
    draw,
    /** @param {string} person */
    open(person) {
      id = person;
      link = "";
      dialog.open();
      draw();
      const form = /** @type {HTMLFormElement} */ (find("#ends [data-form=remove]"));
      form.reset();
      keepForm(form, kept());
      keepQuiet(host, id);
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
  return html`<form class="settings" data-form="remove" @submit=${remove}>
    <h3>${t("host.remove.title")}</h3>
    <p class="facts">${t("host.remove.what", { name })}</p>
    <label>
      ${t("host.remove.reason")}
      <input name="reason" maxlength=${REASON_MAX} autocomplete="off" />
    </label>
    ${sure({ label: t("host.cancel"), run: back }, { label: t("host.remove", { name }), act: "remove" })}
  </form>`;
}

/** @param {string} name @param {string} link @param {() => void} renew */
function drawRenew(name, link, renew) {
  return html`<section class="settings-stage renew">
    <h3>${t("host.renew.title")}</h3>
    <p class="facts">${t("host.renew.what", { name })}</p>
    ${
      link
        ? copied(t("host.renew.link", { name }), link)
        : html`<div class="acts">
            <button type="button" class="button is-small" data-act="renew" @click=${renew}>
              ${t("host.renew")}
            </button>
          </div>`
    }
  </section>`;
}
