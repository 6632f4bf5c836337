// What a page does, told by itself: long tasks, nodes touched, and how long a message takes from its frame to its
// picture. Painted is what is there when the first task after the drawing runs.
{
  const arrived = new Map();
  let state = { frames: 0, long: 0, longest: 0, touched: 0, paints: [] };
  const Socket = WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data.length > 20_000) return;
        const said = Object.values(JSON.parse(data).put?.message ?? {});
        if (!said.length) return;
        state.frames += 1;
        arrived.set(said.at(-1).text.trim(), performance.now());
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      state.long += 1;
      state.longest = Math.max(state.longest, duration);
    }
  }).observe({ type: "longtask" });
  const { port1, port2 } = new MessageChannel();
  let shown = [];
  port1.onmessage = () => {
    for (const at of shown) state.paints.push(performance.now() - at);
    shown = [];
  };
  const look = (records) => {
    for (const { addedNodes, removedNodes } of records) state.touched += addedNodes.length + removedNodes.length;
    for (const { target, type, addedNodes } of records) {
      if (type !== "childList") state.touched += 1;
      for (const node of addedNodes) {
        const row = node.nodeType === 1 && (node.matches(".message") ? node : null);
        const text = row?.querySelector(".message-text")?.textContent.trim();
        if (!text || !arrived.has(text)) continue;
        shown.push(arrived.get(text));
        arrived.delete(text);
      }
    }
    if (shown.length) port2.postMessage(0);
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, all);
  // a browser that is driven from outside shows all its pages; a hidden one draws no frames
  let hidden = false;
  const [frame, waiting] = [requestAnimationFrame.bind(globalThis), []];
  globalThis.requestAnimationFrame = (run) => (hidden ? -waiting.push(run) : frame(run));
  Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
  Object.defineProperty(Document.prototype, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
  globalThis.watched = {
    hide: () => ((hidden = true), document.dispatchEvent(new Event("visibilitychange"))),
    begin: () => (arrived.clear(), (state = { frames: 0, long: 0, longest: 0, touched: 0, paints: [] })),
    seen: () => ({ ...state, touched: state.touched / Math.max(1, state.frames) }),
  };
}
