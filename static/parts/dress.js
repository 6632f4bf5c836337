/** The look of what comes later, fetched with it: a sheet in the layer of all that is about nouns. */

import { asset } from "../app/asset.js";

/** @type {Set<string>} */
const worn = new Set();

/** Each sheet once. @param {...string} names in the folder of all static files */
export async function dress(...names) {
  const wanted = names.filter((name) => !worn.has(name));
  const texts = await Promise.all(wanted.map(async (name) => (await fetch(asset(name))).text()));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer nouns {${texts.join("\n")}}`);
  document.adoptedStyleSheets.push(sheet);
  wanted.forEach((name) => worn.add(name));
}
