// What a page shows, told for tests/browser/test_one_hand.py: its words with how they are set, what is filled, what is
// orange, and where people's words (in Arabic letters, see everywhere.py) stand.
(words) => {
  const root = document.querySelector("dialog[open]") ?? document.body;
  const pathOf = (one) => {
    const names = [];
    for (let at = one; at && at !== document.body && names.length < 4; at = at.parentElement)
      names.unshift(at.tagName.toLowerCase() + (at.className?.baseVal ?? at.className ?? "").toString().trim().replace(/^|\s+/g, "."));
    return names.join(" > ");
  };
  const seen = (one) => {
    if (!one.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })) return false;
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && !one.closest(".unseen, .preview, .stage-sample");
  };
  const onStage = (one) => Boolean(one.closest(".screen, #screen"));
  // read from where one stands to speak, so it has a scale of its own, too
  const isFar = (one) => Boolean(one.closest(".speaker-page"));
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest("script, style, noscript, title, svg") || !seen(one)) continue;
    const { fontSize, fontWeight } = getComputedStyle(one);
    texts.push({ text: node.data.trim(), where: pathOf(one), size: parseFloat(fontSize), weight: fontWeight, stage: onStage(one) || isFar(one) });
  }
  for (const one of root.querySelectorAll("input, select, textarea")) {
    if (!seen(one) || ["checkbox", "radio", "color"].includes(one.type)) continue;
    const { fontSize, fontWeight } = getComputedStyle(one);
    const text = one.value || one.placeholder || "";
    texts.push({ text, where: pathOf(one), size: parseFloat(fontSize), weight: fontWeight, stage: false, field: true });
  }
  const said = [...document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")].filter((one) => one.checkVisibility()).flatMap((one) =>
    ["title", "aria-label", "placeholder", "alt"].filter((name) => one.getAttribute(name)).map((name) => ({ where: `${pathOf(one)} ${name}`, text: one.getAttribute(name) })),
  );
  said.push({ where: "document.title", text: document.title });

  const probe = document.createElement("i");
  document.body.append(probe);
  const colour = (value) => ((probe.style.color = value), getComputedStyle(probe).color);
  const [action, live, liveSoft, liveText] = ["action", "live", "live-soft", "live-text"].map((name) => colour(`var(--color-${name})`));
  probe.remove();
  const every = [...root.querySelectorAll("*")].filter((one) => seen(one) && !onStage(one));
  const PANEL = "dialog, .plain, #top, #now, #desk, #board, #polls, #chat, .watch, section.panel";
  const panelOf = (one) => pathOf(one.closest(PANEL) ?? document.body).split(" > ").at(-1);
  const filled = every
    .filter((one) => one.matches("button, a, .step") && !one.matches(".support") && getComputedStyle(one).backgroundColor === action)
    .map((one) => ({ panel: panelOf(one), text: one.textContent.trim() || one.ariaLabel }));
  const orange = every
    .filter((one) => {
      const style = getComputedStyle(one);
      const edges = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) && style[`border${side}Style`] !== "none");
      const drawn = [style.color, style.backgroundColor, ...edges.map((side) => style[`border${side}Color`])];
      return drawn.some((value) => [live, liveSoft, liveText].includes(value));
    })
    .filter((one) => !one.closest(".is-live, .spot-eyebrow, .pulse, .spotlight:not(.is-preview), [data-part=live].is-live"))
    .map((one) => ({ where: pathOf(one), text: one.textContent.trim().slice(0, 30) }));

  const broken = (one) => {
    const range = document.createRange();
    const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.data.trim() || !seen(node.parentElement)) continue;
      range.selectNodeContents(node);
      const tops = [...range.getClientRects()].map(({ top }) => top);
      if (Math.max(...tops) - Math.min(...tops) > 4) return true;
    }
    return false;
  };
  const wrapped = every
    .filter((one) => one.matches("button, summary, [role=tab], a.button, .badge") && !one.querySelector("bdi, [dir=auto]") && !one.matches("[data-card], .support"))
    .filter(broken)
    .map((one) => ({ where: pathOf(one), text: one.textContent.trim().replace(/\s+/g, " ") }));

  const arabic = /[\u0600-\u06ff]/;
  const known = (text) => words.includes(text.replace(/\s+/g, " ").trim());
  const bare = texts
    .filter(({ text, field }) => !field && arabic.test(text))
    .map(({ text, where }) => ({ text, where }));
  const unkept = [];
  for (const node of (function* () {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) yield node;
  })()) {
    if (!arabic.test(node.data) || node.parentElement.closest("script, style, title, svg, .disc, option, #announcements")) continue;
    const kept = node.parentElement.closest("bdi, [dir=auto]");
    const whole = kept && (kept.textContent.trim() === node.data.trim() || known(kept.textContent));
    const bared = node.data.replace(/\u2068[^\u2069]*\u2069/g, "");
    if (!whole && arabic.test(bared)) unkept.push({ where: pathOf(node.parentElement), text: node.data.trim().slice(0, 60) });
  }
  for (const { where, text } of said)
    if (arabic.test(text.replace(/\u2068[^\u2069]*\u2069/g, "")) && !known(text)) unkept.push({ where, text: text.slice(0, 60) });
  return { texts, said, filled, orange, unkept, bare, wrapped };
};
