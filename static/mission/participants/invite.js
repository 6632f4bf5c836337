/** Inviting: one by name and address, or many as they are pasted. Whoever is here already is said to be, and passed over. */

import { LANGUAGES, currentLang, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { focusFirst, html, nothing } from "../../app/lib/dom.js";
import { reasonOf } from "../../pages/organise/acts.js";
import { createDialog } from "../../parts/dialog.js";
import { LIMITS } from "../limits.js";
import { languageName } from "../programme/language.js";
import { peopleOf } from "./lines.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {{line: Line, why: string}} Left */

/** Characters of so many as are written to at once. */
const MANY = LIMITS.send_letters.participants.maxItems * (LIMITS.invite.name.maxLength + LIMITS.invite.email.maxLength + LIMITS.invite.organisation.maxLength);
/** Lines that are told of one by one. */
const TOLD = 5;
const { name: NAME, email: EMAIL, organisation: ORGANISATION } = LIMITS.invite;

/** @param {Organiser} room */
export function createInvite(room) {
  const dialog = createDialog("invite");
  /** @type {(id: string|null) => void} */
  let answered = () => {};
  let naming = false;
  let wrong = { field: "", text: "" };
  let busy = false;

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    if (busy) return;
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const said = (/** @type {string} */ field) => String(given.get(field) ?? "").trim();
    const args = { name: said("name"), email: said("email"), organisation: said("organisation"), role: given.get("organiser") ? "organiser" : "participant", reads: said("reads") };
    busy = true;
    const done = await room.acts.do("invite", args, { said: () => t("organise.did.invited", { name: args.name }), refused });
    busy = false;
    if (!done) return;
    if (args.email && given.get("letter")) await sendInvitations(room, [done.id], naming);
    answered(done.id);
    dialog.close();
  }

  /** @param {import("../../pages/organise/acts.js").Refused} why */
  function refused(why) {
    wrong = { field: why.field ?? "name", text: reasonOf(why) };
    draw();
  }

  function draw(name = "") {
    const line = (/** @type {string} */ field, /** @type {any} */ limits, type = "text") => html`<label class="field-line">${t(`organise.person.${field}`)}
      <input name=${field} type=${type} autocomplete="off" maxlength=${limits.maxLength} ?required=${field === "name"} aria-invalid=${wrong.field === field ? "true" : nothing} />
      ${wrong.field === field ? html`<span class="error" role="alert">${wrong.text}</span>` : nothing}</label>`;
    dialog.draw(
      t("organise.invite.somebody"),
      html`<form class="slot-form" @submit=${save}>
        ${line("name", NAME)} ${line("email", EMAIL, "email")} ${line("organisation", ORGANISATION)}
        <label class="check"><input type="checkbox" name="organiser" /> ${t("organise.invite.organiser")}</label>
        ${room.mayPost() ? html`${drawReads()} <label class="check"><input type="checkbox" name="letter" checked /> ${t("organise.invite.letter")}</label>` : nothing}
        <div class="acts"><button class="button is-primary">${t("organise.invite")}</button>
          <button type="button" class="button is-quiet" @click=${dialog.close}>${t("organise.cancel")}</button></div>
      </form>`,
    );
  }

  /**
   * Ask for somebody; their id, or null.
   * @param {string} [name] what is known of it @param {boolean} [named] whether they are to lead or speak, as their letter then says
   * @returns {Promise<string|null>}
   */
  function one(name = "", named = false) {
    answered(null);
    naming = named;
    wrong = { field: "", text: "" };
    draw();
    const form = /** @type {HTMLFormElement} */ (dialog.find("form"));
    form.reset();
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
    field.value = name;
    dialog.open();
    if (name) /** @type {HTMLInputElement} */ (form.elements.namedItem("email")).focus();
    else focusFirst(form);
    document.getElementById("invite")?.addEventListener("close", () => answered(null), { once: true });
    return new Promise((resolve) => (answered = resolve));
  }

  return { one };
}

/**
 * Many at once, each by a command of its own: whom one refuses does not keep the others out.
 * @param {Organiser} room @param {Line[]} people @param {(done: number) => void} told
 * @returns {Promise<{invited: string[], left: Left[]}>}
 */
export async function inviteAll(room, people, told) {
  const invited = [];
  /** @type {Left[]} */
  const left = [];
  for (const line of people) {
    const refused = (/** @type {import("../../pages/organise/acts.js").Refused} */ why) => void left.push({ line, why: reasonOf(why) });
    const done = await room.acts.do("invite", { ...line }, { refused });
    if (done) invited.push(done.id);
    told(invited.length + left.length);
  }
  return { invited, left };
}

/** In which letters to them are: an organiser knows, and is taken to invite in their own. */
const drawReads = () => html`<label class="field-line">${t("organise.invite.reads")}
  <select name="reads">${LANGUAGES.map((code) => html`<option value=${code} ?selected=${code === currentLang()}>${languageName(code)}</option>`)}</select></label>`;

/** Letters to these, as many at once as the server takes. @param {Organiser} room @param {string[]} ids @param {boolean} [naming] */
async function sendInvitations(room, ids, naming = false) {
  const most = LIMITS.send_letters.participants.maxItems;
  for (let at = 0; at < ids.length; at += most) await room.acts.do("send_letters", { kind: "invitation", participants: ids.slice(at, at + most), reads: currentLang(), naming }, {});
}

/**
 * The form for many; drawn where it is wanted, into a place of its own.
 * @param {Organiser} room @param {string} name of what is kept of it @param {() => void} redraw @param {(ids: string[]) => void} [done]
 */
export function createMany(room, name, redraw, done = () => {}) {
  const kept = draftOf(room, name);
  let text = String(kept.get() ?? "");
  /** @type {Left[]} */
  let left = [];
  /** Lines that mean nobody. @type {ReturnType<typeof peopleOf>["strays"]} */
  let nobody = [];
  /** How many are through, while some are on their way. @type {number|null} */
  let through = null;

  /** @param {string} value */
  function write(value) {
    text = value;
    kept.set(value);
    redraw();
  }

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const { people, strays } = peopleOf(text);
    if (through !== null || !(people.length || strays.length)) return;
    left = [];
    nobody = strays;
    if (!people.length) return redraw();
    const letters = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("letter");
    through = 0;
    redraw();
    const { invited, left: still } = await inviteAll(room, people, (count) => ((through = count), redraw()));
    through = null;
    left = still;
    write([...still.map(({ line }) => [line.name, line.email, line.organisation].filter(Boolean).join(", ")), ...strays.map(({ line }) => line)].join("\n"));
    if (letters && invited.length) await sendInvitations(room, invited);
    if (invited.length) room.acts.tell(t("organise.did.invited_many", { n: invited.length }));
    done(invited);
  }

  return {
    draw() {
      const { people, strays } = peopleOf(text);
      const count = people.length;
      const off = through !== null || !(count || strays.length);
      return html`<form class="stack" @submit=${send}>
        <label class="field-line">${t("organise.invite.many")}
          <textarea name="people" rows="6" maxlength=${MANY} spellcheck="false" placeholder=${t("organise.invite.many.example")} .value=${text} ?readonly=${through !== null} @input=${(/** @type {Event} */ e) => write(/** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
        </label>
        ${left.length ? html`<ul class="left-out" role="alert">${left.map(({ line, why }) => html`<li><bdi dir="auto" .textContent=${line.name}></bdi>: ${why}</li>`)}</ul>` : nothing}
        ${drawNobody(nobody)}
        ${room.mayPost() ? html`<label class="check"><input type="checkbox" name="letter" checked /> ${t("organise.invite.letter")}</label>` : nothing}
        <div class="acts">
          <button class="button is-primary" aria-disabled=${off ? "true" : nothing}>
            ${!count ? t("organise.invite.send.none") : through === null ? t("organise.invite.send", { n: count }) : t("organise.invite.sending", { done: through, n: count })}
          </button>
        </div>
      </form>`;
    },
  };
}

/** @param {ReturnType<typeof peopleOf>["strays"]} strays */
const drawNobody = (strays) =>
  strays.length
    ? html`<div class="left-out" role="alert">
        <p>${t("organise.invite.nobody", { n: strays.length })}</p>
        <ul>
          ${strays.slice(0, TOLD).map(({ number, line }) => html`<li>${t("organise.invite.nobody.line", { n: number })} <bdi dir="auto" .textContent=${line.slice(0, 80)}></bdi></li>`)}
        </ul>
      </div>`
    : nothing;
