/**
 * The form: as few fields as can be, each with who will see it. Words that are not sent yet outlive a reload; what the
 * server refuses is said at its field, with words that it would take.
 *
 * @typedef {import("./frame.js").Page} Page
 * @typedef {import("../../app/enter.js").Problem} Problem
 */

import { query, request } from "../../app/enter.js";
import { currentLang, refusalText, t } from "../../app/i18n.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { icon } from "../../parts/icon.js";
import { said, suggested } from "../../parts/text.js";
import { eye } from "../../vendor/icons.js";
import { LIMITS } from "../../mission/limits.js";
import { keptOf } from "./kept.js";

const KINDS = ["sme", "consultancy", "knowledge", "local", "federal", "other"];
const FIELDS = ["code", "name", "organisation", "kind", "email"];
const MOST = LIMITS.change_card;
const MOST_CODE = LIMITS.change_mission.code.maxLength;
/** Seconds that the server may ask us to wait, and how often, before somebody is told. */
const PATIENCE = 10;
const TRIES = 3;

/** @param {Page} page */
export function createForm(page) {
  const { welcome, root } = page;
  const path = `/api/missions/${encodeURIComponent(welcome.id)}`;
  const kept = keptOf(welcome, "form");
  /** @type {Record<string, string>} */
  const values = { code: "", name: "", organisation: "", kind: "", email: "", ...kept.get() };
  /** @type {{field: string, text: string, suggestion: string}|null} */
  let wrong = null;
  let busy = false;
  /** Organisations that may be meant. @type {string[]} */
  let alike = [];

  /** @param {string} field @param {string} value */
  function amend(field, value) {
    const before = isLong(values.organisation);
    values[field] = value;
    kept.set(values);
    // the line for offers is there before they come, so that nothing moves under a pointer
    if (field === "organisation" && (alike.length || before !== isLong(value))) offer([]);
  }

  /** @param {string[]} names */
  function offer(names) {
    alike = names;
    page.draw();
  }

  async function lookAlike() {
    const { organisation, code } = values;
    if (!isLong(organisation)) return;
    try {
      const asked = new URLSearchParams({ organisation, code });
      const { organisations } = await request(`${path}/alike?${asked}`);
      if (organisation === values.organisation) offer(organisations);
    } catch {
      // nobody needs it to come in
    }
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    wrong = null;
    page.draw();
    try {
      const { code, ...card } = values;
      const come = await patiently(() => request(`${path}/join`, { ...card, reads: currentLang(), ...(welcome.entry === "code" && { code }) }));
      kept.set(null);
      if (come.state === "applied") page.show("applied");
      else location.assign(`/mission/${encodeURIComponent(welcome.id)}${query(come.as)}`);
    } catch (why) {
      const problem = /** @type {Problem} */ (why);
      wrong = { field: fieldOf(problem), text: refusalText(problem.code, problem.text), suggestion: problem.suggestion ?? "" };
    }
    busy = false;
    page.draw();
    if (wrong) find("[aria-invalid=true]", root)?.focus();
  }

  function take() {
    if (!wrong) return;
    const { field, suggestion } = wrong;
    amend(field, suggestion);
    wrong = null;
    page.draw();
    find(`#join-${field}`, root)?.focus();
  }

  /** @param {string} name */
  function meant(name) {
    amend("organisation", name);
    offer([]);
    find("#join-organisation", root)?.focus();
  }

  function draw() {
    if (welcome.entry === "invited") return drawInvited(page);
    const at = { values, wrong, amend, take };
    const notice = welcome.notices[currentLang()] ?? "";
    return html`<h2 class="door-title" tabindex="-1">${t("join.title")}</h2>
      <form class="stack" @submit=${submit} novalidate>
        ${welcome.entry === "approval" ? html`<p>${t("join.approval")}</p>` : nothing}
        ${welcome.entry === "code" ? input("code", at, { most: MOST_CODE, hint: t("join.code.hint"), plain: true, needed: true }) : nothing}
        <fieldset class="join-group">
          <legend>${icon(eye)} ${t("join.seen.all")}</legend>
          ${input("name", at, { most: MOST.name.maxLength, complete: "name", needed: true })}
          <div class="door-two">
            ${input("organisation", at, { most: MOST.organisation.maxLength, complete: "organization", left: lookAlike, below: isLong(values.organisation) ? drawAlike(alike, meant) : nothing })}
            ${kindField(at)}
          </div>
        </fieldset>
        <fieldset class="join-group">
          <legend>${icon(eye)} ${t("join.seen.organisers")}</legend>
          ${input("email", at, { most: MOST.email.maxLength, hint: emailHint(welcome), complete: "email", needed: welcome.entry === "approval" })}
        </fieldset>
        <p class="soft join-small">${t("join.seen.hosts")}</p>
        <p class="soft join-small">${notice ? html`${said(notice)} ` : nothing}${t("join.seen.change")}</p>
        <div class="door-foot">
          ${wrong && !FIELDS.includes(wrong.field) ? html`<p class="message-failed" role="alert">${wrong.text}</p>` : nothing}
          <button class="button is-primary door-go" aria-disabled=${busy}>${t(welcome.entry === "approval" ? "join.apply" : "join.go")}</button>
        </div>
      </form>
      ${drawBack(page)}`;
  }
  return { draw };
}

/** Once more, where the server says when: a company comes in all at once. @param {() => Promise<any>} run */
async function patiently(run) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (why) {
      const { code, retryAfter } = /** @type {Problem} */ (why);
      if (code === "pace.codes" || !retryAfter || retryAfter > PATIENCE || tries === TRIES) throw why;
      await new Promise((again) => setTimeout(again, retryAfter * 1000));
    }
  }
}

/** @param {Problem} why */
const fieldOf = ({ code, field }) => field || { person: "name", organisation: "organisation" }[code.split(".")[0]] || "";

/** @param {import("./frame.js").Welcome} welcome */
const emailHint = ({ entry, letters }) => (letters ? t(entry === "approval" ? "join.email.needed" : "join.email.hint") : "");

/**
 * @typedef {{values: Record<string, string>, wrong: {field: string, text: string, suggestion: string}|null,
 *   amend: (field: string, value: string) => void, take: () => void}} Sheet
 * @typedef {{most: number, hint?: string, complete?: string, plain?: boolean, needed?: boolean, left?: () => void, below?: unknown}} How
 */

/** @param {string} name @param {Sheet} sheet @param {How} how */
function input(name, { values, wrong, amend, take }, { most, hint = "", complete = "off", plain = false, needed = false, left, below }) {
  const error = wrong?.field === name ? wrong.text : "";
  return html`<div class="field">
    <label for="join-${name}">${t(`join.${name}`)}${needed ? nothing : html` <span class="soft">${t("join.optional")}</span>`}</label>
    <input
      id="join-${name}"
      name=${name}
      type=${name === "email" ? "email" : "text"}
      inputmode=${name === "email" ? "email" : nothing}
      autocapitalize=${plain || name === "email" ? "none" : nothing}
      spellcheck="false"
      .value=${values[name]}
      maxlength=${most}
      autocomplete=${/** @type {any} */ (complete)}
      ?required=${needed}
      aria-invalid=${Boolean(error)}
      aria-describedby="join-${name}-note"
      @input=${(/** @type {Event} */ { target }) => amend(name, /** @type {HTMLInputElement} */ (target).value)}
      @change=${() => left?.()}
    />
    <span id="join-${name}-note" class=${error ? "error" : "hint"} role=${error ? "alert" : nothing} ?hidden=${!(error || hint)}>${error || hint}</span>
    ${error ? suggested(wrong?.suggestion, take) : nothing} ${below ?? nothing}
  </div>`;
}

/** Whether so much is written that it can be compared. @param {string} organisation */
const isLong = (organisation) => organisation.trim().length >= 3;

/** Offered, never put in their place. @param {string[]} names @param {(name: string) => void} meant */
const drawAlike = (names, meant) => html`<p class="join-alike" role="status">
  ${names.length
    ? html`${t("join.alike")} ${names.map((name) => html`<button type="button" class="button is-small" @click=${() => meant(name)}>${said(name)}</button>`)}`
    : nothing}
</p>`;

/** Asked, never guessed. @param {Sheet} sheet */
const kindField = ({ values, amend }) => html`<div class="field">
  <label for="join-kind">${t("join.kind")} <span class="soft">${t("join.optional")}</span></label>
  <select id="join-kind" name="kind" @change=${(/** @type {Event} */ { target }) => amend("kind", /** @type {HTMLSelectElement} */ (target).value)}>
    <option value="" .selected=${!values.kind}>${t("join.choose")}</option>
    ${KINDS.map((kind) => html`<option value=${kind} .selected=${kind === values.kind}>${t(`kind.${kind}`)}</option>`)}
  </select>
</div>`;

/** @param {Page} page */
const drawInvited = (page) => html`<section class="stack">
  <h2 class="door-title" tabindex="-1">${t("join.invited.title")}</h2>
  <p>${t("join.invited")}</p>
  ${drawBack(page)}
</section>`;

/** For who takes part already. @param {Page} page */
const drawBack = ({ welcome, show }) => html`<p class="join-back">
  ${welcome.letters
    ? html`${t("join.lost.ask")} <button type="button" class="button is-quiet" @click=${() => show("lost")}>${t("join.lost.open")}</button>`
    : t("join.lost.by_hand")}
</p>`;
