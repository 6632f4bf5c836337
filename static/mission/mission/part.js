/**
 * One part of the settings: a form of its own that says what was changed alone, keeps it over a reload, and follows
 * what others change as long as nobody has touched it.
 *
 * @typedef {import("../../pages/organise/frame.js").Organiser} Organiser
 * @typedef {import("../records.js").Mission} Mission
 * @typedef {{field: string, text: string}} Wrong
 */

import { t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { reasonOf } from "../../pages/organise/acts.js";

/**
 * @template {Record<string, any>} F
 * @typedef {{now: F, mission: Mission, wrong: Wrong, amend: (change: Partial<F>) => void}} Form
 */

/**
 * @template {Record<string, any>} F
 * @param {Organiser} room @param {string} name
 * @param {{of: (mission: Mission) => F, fields: (form: Form<F>) => unknown, args?: (now: F) => Record<string, any>,
 *   redraw: () => void, done?: () => void}} how  `of`: what the mission says; `args`: the same as `change_mission` has it
 */
export function createPart(room, name, { of, fields, args = (now) => now, redraw, done = () => {} }) {
  const kept = draftOf(room, `settings/${name}`);
  /** What somebody changed, over what the mission says. @type {Partial<F>} */
  let changed = kept.get() ?? {};
  let wrong = { field: "", text: "" };
  let busy = false;
  const mission = () => /** @type {Mission} */ (room.about());

  /** @param {Partial<F>} change */
  function amend(change) {
    const was = of(mission());
    const all = Object.entries({ ...changed, ...change });
    changed = /** @type {Partial<F>} */ (Object.fromEntries(all.filter(([field, value]) => String(JSON.stringify(value)) !== JSON.stringify(was[field]))));
    kept.set(Object.keys(changed).length ? changed : null);
    wrong = { field: "", text: "" };
    redraw();
  }

  /** @param {Event} event */
  async function save(event) {
    event.preventDefault();
    if (busy) return;
    const was = of(mission());
    const [after, before] = [args({ ...was, ...changed }), args(was)];
    const names = Object.keys(after).filter((field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]));
    if (!names.length) return done();
    const only = (/** @type {Record<string, any>} */ from) => Object.fromEntries(names.map((field) => [field, from[field]]));
    busy = true;
    const undo = [{ command: "change_mission", args: only(before) }];
    const answer = await room.acts.do("change_mission", only(after), { said: () => t("organise.did.saved"), undo, refused });
    busy = false;
    if (!answer) return;
    changed = {};
    kept.set(null);
    redraw();
    done();
  }

  /** @param {import("../../pages/organise/acts.js").Refused} why */
  function refused(why) {
    wrong = { field: why.field ?? "", text: reasonOf(why) };
    redraw();
    find(`form[data-settings=${name}] [name=${wrong.field || "none"}]`)?.focus();
  }

  return {
    isChanged: () => Object.keys(changed).length > 0,
    /** @param {{label?: string, primary?: boolean}} [button] */
    draw({ label = t("organise.save"), primary = true } = {}) {
      const was = of(mission());
      const isChanged = Object.keys(changed).length > 0;
      const drop = () => ((changed = {}), kept.set(null), redraw());
      return html`<form class="settings-part" data-settings=${name} novalidate @submit=${save}>
        ${fields({ now: { ...was, ...changed }, mission: mission(), wrong, amend })}
        ${wrong.text ? html`<p class="error" role="alert">${wrong.text}</p>` : nothing}
        <div class="acts">
          <button class="button ${primary && isChanged ? "is-primary" : ""}" data-act="save">${label}</button>
          ${isChanged ? html`<button type="button" class="button is-quiet" @click=${drop}>${t("organise.settings.drop")}</button>` : nothing}
        </div>
      </form>`;
    },
  };
}
