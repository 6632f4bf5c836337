// Which words of a row lie under something that can be pressed, or under the ground of such: told for
// tests/browser/test_covered.py as "words < what lies over them". Boxes are compared as they are seen.
(selector) => {
  const MOST_PX = 1.5;
  const opacity = (one) => {
    let seen = 1;
    for (let at = one; at; at = at.parentElement) seen *= parseFloat(getComputedStyle(at).opacity);
    return seen;
  };
  const cut = (box, one) => {
    let { left, top, right, bottom } = box;
    for (let at = one; at && at !== document.documentElement; at = at.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(at);
      if (overflowX !== "visible" || overflowY !== "visible") {
        const frame = at.getBoundingClientRect();
        [left, top] = [Math.max(left, frame.left), Math.max(top, frame.top)];
        [right, bottom] = [Math.min(right, frame.right), Math.min(bottom, frame.bottom)];
      }
      if (position === "fixed") break;
    }
    return { left, top, right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) };
  };
  const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest(".unseen") && opacity(one) > 0.05;
  const grounded = (one) => {
    const { backgroundColor, backgroundImage, display } = getComputedStyle(one);
    return display !== "contents" && (backgroundImage !== "none" || !/rgba\(.*, 0\)|transparent/.test(backgroundColor));
  };
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > MOST_PX && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > MOST_PX;
  const found = [];
  let words = 0;
  for (const row of document.querySelectorAll(selector)) {
    if (!seen(row)) continue;
    const over = [...row.querySelectorAll("button, a, summary, select, input, .acts, .became, .toast")].filter(
      (one) => seen(one) && (!one.matches(".acts, .became") || grounded(one)) && !one.matches("[data-card]"),
    );
    const walk = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const holder = node.parentElement;
      if (!node.data.trim() || holder.closest("svg, option, textarea, .unseen") || !seen(holder)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const box = cut(rect, holder);
        if (box.right - box.left < 1 || box.bottom - box.top < 1) continue;
        words++;
        for (const one of over) {
          if (one.contains(node) || !meet(box, cut(one.getBoundingClientRect(), one))) continue;
          found.push(`${node.data.trim().slice(0, 40)} < ${one.dataset.act ?? one.className}`);
        }
      }
    }
  }
  return { words, found: [...new Set(found)] };
};
