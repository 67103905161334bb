// How the keyboard goes through a page: what can be reached, and what was, with focus seen.
() => {
  const OPERABLE = "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=button], [role=combobox], [role=radio], [role=checkbox]";
  const quiet = document.createElement("style");
  quiet.textContent = "*, *::before, *::after { transition: none !important; animation: none !important; }";
  document.head.append(quiet);
  const look = (element) => {
    const found = [];
    for (let e = element, n = 0; e && n < 4; e = e.parentElement, n++) {
      const s = getComputedStyle(e);
      found.push([s.outlineStyle === "none" ? "" : s.outline, s.boxShadow, s.border, s.backgroundColor, s.textDecoration].join());
    }
    return found.join(";");
  };
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  // One of a group of radios is reached by Tab, the others from it by the arrows.
  const group = (e) => e.closest("[role=radiogroup], [role=tablist], [role=grid], [data-testid=stButtonGroup]");
  // The button that opens a select does what the arrow down does in its box, beside it.
  const spare = (e) => e.tabIndex < 0 && (!e.matches("a, button, [role=button]") || e.closest("[data-testid=stSelectbox], [data-testid=stMultiSelect]"));
  const wanted = new Map();
  for (const e of document.querySelectorAll(OPERABLE))
    if (shown(e) && !e.disabled && !e.closest("[inert], [aria-hidden=true], svg, canvas") && !spare(e)) wanted.set(e, look(e));
  const name = (e) => `<${e.tagName} ${e.dataset.testid || e.getAttribute("class") || ""}> ${(e.getAttribute("aria-label") || e.textContent || "").trim().slice(0, 24)}`;
  window.tongbaoWalk = { reached: new Set(), unseen: [], round: false };
  document.addEventListener("focusin", ({ target }) => {
    const walk = window.tongbaoWalk;
    if (walk.reached.has(target)) {
      walk.round ||= target === [...walk.reached][0];
      return;
    }
    walk.reached.add(target);
    if (shown(target) && wanted.has(target) && look(target) === wanted.get(target)) walk.unseen.push(name(target));
  }, true);
  window.tongbaoWalked = () => {
    const { reached, unseen } = window.tongbaoWalk;
    const groups = new Set([...reached].map(group).filter(Boolean));
    const missed = [...wanted.keys()].filter((e) => e.isConnected && !reached.has(e) && !groups.has(group(e)));
    return { missed: missed.map(name), unseen };
  };
  return wanted.size;
}
