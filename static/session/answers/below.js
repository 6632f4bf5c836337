/**
 * What was written to questions, below each of them, for who asked, who supported and who reads; and a word about it to
 * the first two when it comes. It is fetched with the first answer.
 *
 * @typedef {import("../../pages/attendee/frame.js").Room} Room
 * @typedef {import("../records.js").Answer} Answer
 */

import { has, loadRare, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { dress } from "../../parts/dress.js";
import { said, words } from "../../parts/text.js";

/** What was written so lately came while somebody was here. */
const NEWS_MS = 30_000;

/** @type {WeakSet<Room>} */
const followed = new WeakSet();

/** Once for each page. @param {Room} room @param {() => void} redraw */
export async function follow(room, redraw) {
  if (followed.has(room)) return;
  followed.add(room);
  const { store, toast } = room;
  try {
    await Promise.all([loadRare("answers/"), dress("session/answers/later.css")]);
  } catch {
    return void followed.delete(room);
  }
  room.written = (id) => {
    const answer = /** @type {Answer|undefined} */ (store.get("answer", id));
    // another language is read since
    if (answer && !has("answer.title")) void loadRare("answers/").then(() => has("answer.title") && redraw());
    return answer && has("answer.title") ? drawAnswer(answer) : nothing;
  };
  /** @type {Map<string, number>} */
  let known = new Map();

  function tell() {
    const now = new Map(store.all("answer").map(({ id, at }) => [id, at]));
    const changed = [...now.keys(), ...known.keys()].some((id) => now.get(id) !== known.get(id));
    for (const [id, at] of now) if (!known.has(id) && serverNow() - at < NEWS_MS) say(id);
    known = now;
    if (changed) redraw();
  }

  /** @param {string} id */
  function say(id) {
    if (store.get("question", id)?.mine) toast(t("answer.mine"));
    else if (store.get("support", `${id}/${store.you?.id}`)) toast(t("answer.supported"));
  }

  tell();
  store.subscribe(tell);
}

/** @param {Answer} answer */
const drawAnswer = ({ name, text }) =>
  html`<div class="written-answer">
    <p class="soft">${name ? said(t("answer.by", { name })) : t("answer.title")}</p>
    <p>${words(text)}</p>
  </div>`;
