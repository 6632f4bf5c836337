/** The page for newcomers of a mission: the form, what happens next, and the way back for who lost their link. */

import { request } from "../app/enter.js";
import { loadCatalog } from "../app/i18n.js";
import { byId } from "../app/lib/dom.js";
import { applyTheme, wantedLang } from "../app/lib/prefs.js";
import { guardPresses } from "../app/lib/press.js";
import { drawProblem } from "../parts/problem.js";
import { createJoin } from "./join/frame.js";

applyTheme();
guardPresses(document);
const mission = decodeURIComponent(location.pathname.split("/")[2] ?? "");
try {
  const words = loadCatalog(wantedLang());
  const told = request(`/api/missions/${encodeURIComponent(mission)}/welcome`);
  // a catalog that comes is what says why the other does not
  await words;
  createJoin(byId("page"), await told);
} catch (why) {
  const { code = "page.broken", text = "" } = /** @type {import("../app/enter.js").Problem} */ (why);
  drawProblem(byId("page"), { code, text });
}
