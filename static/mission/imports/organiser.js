/**
 * Importing people: a file is chosen, looked at line by line, and taken in; how far that is says the store, so it is
 * told to every organiser, and after a reload.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {{store: Store, place: (name: string) => HTMLElement, acts: {address: (path: string) => string},
 *   open: (tab: string) => void, mayPost: () => boolean}} Organiser what of the page is used here
 * @typedef {import("../records.js").Import} Import
 * @typedef {import("./upload.js").Look} Look
 * @typedef {import("./upload.js").List} List
 * @typedef {import("./upload.js").Fate} Fate
 */

import { refusalText, t } from "../../app/i18n.js";
import { announce, find, html, render } from "../../app/lib/dom.js";
import { drawChooser } from "./chooser.js";
import { drawPast, drawRun } from "./past.js";
import { drawPreview } from "./preview.js";
import { readList, send } from "./upload.js";

const PAGE = 50;

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("imports");
  /** @type {List|null} */
  let list = null;
  /** @type {Look|null} */
  let look = null;
  /** What its columns are, once somebody said. @type {string[]|null} */
  let fields = null;
  let keeps = true;
  /** @type {Fate|"all"} */
  let shown = "all";
  let most = PAGE;
  /** Whether there was something to say of its columns; whoever is at them closes them. */
  let spread = false;
  let busy = false;
  let wrong = "";
  /** Answers come in the order in which they were asked for, or not at all. */
  let asked = 0;
  /** Which import was under way when it was drawn last. */
  let run = "";

  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const address = () => room.acts.address("imports");

  /** @param {File|undefined} file */
  async function choose(file) {
    if (!file) return;
    forget();
    list = await readList(file);
    if (!list) wrong = t("imports.large");
    else await lookAt();
    update();
  }

  function forget() {
    [list, look, fields, keeps, wrong, most] = [null, null, null, true, "", PAGE];
    update();
  }

  async function lookAt() {
    if (!list) return;
    const number = ++asked;
    [busy, wrong] = [true, ""];
    update();
    try {
      const found = await send(address(), list, { fields, keeps });
      if (number !== asked) return;
      const first = !look;
      look = /** @type {Look} */ (found);
      if (first) spread = look.missing || look.columns.some(({ note }) => note);
      if (first) shown = look.lines.some(({ fate }) => fate === "refused") ? "refused" : "all";
    } catch (why) {
      if (number !== asked) return;
      wrong = reason(/** @type {import("./upload.js").Problem} */ (why));
      // with the columns as they were before it was whole
      if (!look) list = null;
    }
    busy = false;
    update();
    if (look) find("h3", part("file"))?.focus();
  }

  async function take() {
    if (!list || busy) return;
    [busy, wrong] = [true, ""];
    update();
    try {
      await send(address(), list, { fields, keeps, go: true });
      forget();
      announce(t("imports.begun"));
    } catch (why) {
      wrong = reason(/** @type {import("./upload.js").Problem} */ (why));
    }
    busy = false;
    update();
  }

  const acts = {
    choose: (/** @type {File|undefined} */ file) => void choose(file),
    again: forget,
    take: () => void take(),
    show: (/** @type {Fate|"all"} */ fate) => ([shown, most] = [fate, PAGE]) && update(),
    more: () => void ((most += 4 * PAGE), update()),
    column: (/** @type {number} */ at, /** @type {string} */ field) => {
      if (!look) return;
      // each field once: where it was before it is no more
      fields = look.columns.map((column, number) => (number === at ? field : column.field === field ? "" : column.field));
      void lookAt();
    },
    keep: (/** @type {boolean} */ on) => ((keeps = on), void lookAt()),
  };

  function update() {
    const all = /** @type {Import[]} */ ([...room.store.all("import")]).sort((a, b) => b.at - a.at);
    const current = all.find((one) => one.ended_at === null);
    if (run && !current) announce(t("imports.ended"));
    run = current?.id ?? "";
    render(current ? drawRun(current) : html``, part("run"));
    const drawn = look && list ? drawPreview({ list, look, spread, keeps, shown, most, busy, wrong, held: !!current }, acts) : drawChooser({ busy, wrong, copy: room.acts.address("participants.csv") }, acts);
    render(drawn, part("file"));
    const how = room.mayPost() ? "post" : "people";
    render(drawPast(all.filter((one) => one.ended_at !== null), how, () => room.open(how)), part("past"));
  }

  return { of: ["import"], update, redraw: update };
}

/** @param {import("./upload.js").Problem} why */
function reason({ code, text, reason: where }) {
  const said = refusalText(code, text);
  return ["import.quote", "import.titles"].includes(code) && where ? `${t("imports.line", { n: Number(where) })}: ${said}` : said;
}

const SHELL = html`<div data-part="run"></div>
  <div data-part="file"></div>
  <div data-part="past"></div>`;
