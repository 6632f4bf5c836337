// What a person sees and can press on a page: brought along with each look, so that a page knows nothing of it.
const KINDS = {
  button: "button, [role=button], summary",
  tab: "[role=tab]",
  field: "textarea, select, input:not([type=radio], [type=checkbox])",
  choice: "input[type=radio], input[type=checkbox]",
};
const plain = (text) => (text ?? "").replace(/[\s\u2066-\u2069]+/gu, " ").trim();
// what shows itself only to a pointer can be pressed
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

/** As a screen reader would say it, roughly. */
const label = (element) =>
  plain(
    element.getAttribute("aria-label") ??
      (element.getAttribute("aria-labelledby")
        ? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent
        : element.labels?.length
          ? [...element.labels].map((one) => one.textContent).join(" ")
          : element.innerText),
  );

/** Where it can be found: in the first of these that has this text, if one is given. */
const place = ({ within, having }) =>
  [...document.querySelectorAll(within)].find((one) => seen(one) && plain(one.textContent).includes(having));

/** The one thing of this kind and name, or none. */
const find = ({ kind, name, ...where }) => {
  const all = [...(place(where)?.querySelectorAll(KINDS[kind] ?? kind) ?? [])].filter(seen);
  return name ? (all.find((one) => label(one) === name) ?? all.find((one) => label(one).startsWith(name))) : all[0];
};

/** Where to point at it, once it holds still and nothing lies over it. */
const pointAt = async (element) => {
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  await frame();
  const { x, y, width, height } = element.getBoundingClientRect();
  await frame();
  await frame();
  const now = element.getBoundingClientRect();
  const [left, top] = [Math.round(x + width / 2), Math.round(y + height / 2)];
  const hit = document.elementFromPoint(left, top);
  const isHit = hit && (element.contains(hit) || [...(element.labels ?? [])].some((one) => one.contains(hit)));
  return isHit && now.x === x && now.y === y ? [left, top] : null;
};
