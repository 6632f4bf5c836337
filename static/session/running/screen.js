/** Where the hour is, as one quiet line of the stage; hosts switch it off. */

import { has, isolated, loadRare, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { nameOf } from "./name.js";
import { placeOf } from "./reckoning.js";

/** @param {HTMLElement} line @param {boolean} isOver a video, which is to be seen @returns {(store: import("../../app/store.js").Store) => void} */
export function createRun(line, isOver) {
  let asked = false;
  return (store) => {
    const at = isOver ? null : placeOf(store, serverNow());
    const isShown = Boolean(at?.run.on_stage) && has("run.now");
    line.hidden = !isShown;
    if (at?.run.on_stage && !asked) void ((asked = true), loadRare("running/").then(() => (asked = has("run.now"))));
    if (!at || !isShown) return;
    const now = `${isolated(nameOf(at.current))} · ${at.minutes ? t("run.left", { n: at.minutes }) : t("run.over")}`;
    const text = at.next ? `${now} · ${t("run.then")}: ${isolated(nameOf(at.next))}` : now;
    if (line.textContent !== text) line.textContent = text;
  };
}
