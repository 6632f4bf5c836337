/**
 * What somebody who speaks needs beside the camera: the question that is live, the time, what comes, and the hosts' line.
 * Nothing else, and dark unless they chose otherwise, for the eye of somebody in the light.
 */

import { boot, connect, tellEnd } from "../app/boot.js";
import { loadRare, t } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { applyTheme, pref, setPref } from "../app/lib/prefs.js";
import { Views } from "../app/views.js";
import { create } from "../session/running/speaker.js";

/** Hosts look at it, too. */
const FOR = ["speaker", "host", "organiser"];

const another = () => Promise.reject({ code: "link.leads" });

void boot("speaker", { another, run });
dark();

/** @param {import("../app/enter.js").Identity} identity */
async function run(identity) {
  // told here, so that no other page need know of this one
  if (!FOR.includes(identity.you.role)) throw { code: "token.not_speaker", text: "" };
  await loadRare("running/");
  const store = connect(identity);
  const views = new Views(store, byId);
  const view = create({ store, place: byId, session: identity.session, turn });
  views.add("page", () => view);
  document.title = t("run.speaker.title");
  store.subscribe(() => views.update());
  document.addEventListener("visibilitychange", () => views.update(true));
  setInterval(() => document.hidden || views.update(true), 1000);
  tellEnd(store);
  views.update(true);
  store.connection.start();
}

/** As it was chosen on this page; another choice for all the others is another matter. */
function dark() {
  applyTheme();
  document.documentElement.dataset.theme = pref("speaker.theme", "dark");
}

function turn() {
  setPref("speaker.theme", pref("speaker.theme", "dark") === "dark" ? "light" : "dark");
  dark();
}
