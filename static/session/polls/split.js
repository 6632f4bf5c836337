/**
 * What came of a poll by kind of organisation, by country, or by who is here for the first time. Groups of fewer than
 * five are not told, nor is what would tell them from the whole; the server sees to it, and this says so.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {"kind"|"country"|"first_time"} By
 */

import { countryName, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { actButton } from "../../parts/act.js";
import { createDialog } from "../../parts/dialog.js";
import { said } from "../../parts/text.js";
import { reasonOf } from "../../pages/host/acts.js";
import { decimal } from "./forms/pictures.js";
import { stepsOf } from "./forms/tally.js";

/** @type {By[]} */
const WAYS = ["kind", "country", "first_time"];

/** One for each page. @type {WeakMap<Host, ReturnType<typeof createSplit>>} */
const made = new WeakMap();

/** @param {Host} host @param {string} poll */
export function openSplit(host, poll) {
  const one = made.get(host) ?? createSplit(host);
  made.set(host, one);
  one.open(poll);
}

/** What a group is called. @param {string} by @param {string} group */
export function groupName(by, group) {
  if (by === "country") return countryName(group) || t("host.split.none");
  if (by === "first_time") return t(`host.split.first.${group === "yes" ? "yes" : "no"}`);
  return group ? t(`kind.${group}`) : t("host.split.none");
}

/** @param {Host} host */
function createSplit(host) {
  const dialog = createDialog("split");
  const { store } = host;
  let poll = "";
  /** @type {By} */
  let by = "kind";

  /** Why there is none, by what it would be by. @type {Map<string, string>} */
  const refused = new Map();

  const found = () => /** @type {any} */ (store.get("split", `${poll}/${by}`));

  /** @param {boolean} staged */
  function ask(staged) {
    if (host.acts.busy(poll)) return;
    const way = `${poll}/${by}`;
    const why = (/** @type {import("../../pages/host/acts.js").Refused} */ no) => (refused.set(way, reasonOf(no)), draw());
    void host.acts.do("split_poll", { poll, by, staged }, staged ? () => t("host.did.split_staged") : null, why);
  }

  function draw() {
    const question = /** @type {any} */ (store.get("poll", poll));
    if (!question) return;
    const split = found();
    const turn = (/** @type {By} */ way) => ((by = way), found() || ask(false), draw());
    dialog.draw(
      t("host.split"),
      html`<p class="poll-question">${said(question.question)}</p>
        <div class="row" role="group" aria-label=${t("host.split")}>
          ${WAYS.map((way) => html`<button type="button" class="button is-small" aria-pressed=${way === by} @click=${() => turn(way)}>${t(`host.split.${way}`)}</button>`)}
        </div>
        ${split ? drawSplit(question, split) : html`<p class="empty" role="status">${refused.get(`${poll}/${by}`) ?? t("host.split.asking")}</p>`}
        <p class="soft">${t("host.split.why")}</p>
        ${split ? actButton("stage_split", t(split.staged ? "host.split.unstage" : "host.split.stage"), () => ask(!split.staged), { key: false }) : nothing}`,
    );
  }

  store.subscribe(() => dialog.isOpen() && draw());
  return {
    /** @param {string} id */
    open(id) {
      poll = id;
      refused.clear();
      if (!found()) ask(false);
      draw();
      dialog.open();
    },
  };
}

/** @param {any} poll @param {any} split */
function drawSplit(poll, { by, groups, rest }) {
  const all = [...groups.map((/** @type {any} */ group) => ({ ...group, name: groupName(by, group.group) })), ...(rest ? [{ ...rest, name: t("host.split.rest") }] : [])];
  const head = headOf(poll);
  return html`<div class="split-scroll" tabindex="0" role="group" aria-label=${t(`host.split.${by}`)}>
    <table class="split">
      <thead>
        <tr>
          <th scope="col">${t(`host.split.${by}`)}</th>
          <th scope="col">${t("host.split.people")}</th>
          ${head.map((text) => html`<th scope="col">${said(text)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${all.map((group) => html`<tr><th scope="row">${said(group.name)}</th><td>${group.people}</td>${cellsOf(poll, group).map((cell) => html`<td>${cell}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

/** What of each group is told, by the form of the poll. @param {any} poll @returns {string[]} */
function headOf({ form, options, scale }) {
  if (form === "number") return [t("host.split.mean")];
  if (form === "scale") return [t("host.split.mean"), ...stepsOf({ scale }).map(String)];
  return options.map((/** @type {any} */ option) => option.text);
}

/** @param {any} poll @param {any} group @returns {string[]} */
function cellsOf({ form }, { people, votes = [], score = [], mean }) {
  const shares = votes.map((/** @type {number} */ n) => (people ? `${Math.round((100 * n) / people)}%` : ""));
  if (form === "number") return [decimal(mean ?? 0)];
  if (form === "ranking") return score.map(decimal);
  return form === "scale" ? [decimal(mean ?? 0), ...shares] : shares;
}
