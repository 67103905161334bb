// What a figure means, where it or the name over or beside it is pointed at, has the focus, or is tapped.
// A figure's link says of which metric it is, so that no name need say it again.
(() => {
  if (window.tongbaoTerms) return;
  window.tongbaoTerms = true;

  const PAUSE = 350, LINGER = 200; // ms until a mouse is told, and on its way to what is said
  const MOST = 4; // metrics that one name stands for
  const FIGURE = "a.tb-source";
  const tip = document.createElement("div");
  tip.id = "tb-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let terms, at, waiting;

  // The figures something is about, in the table or card it stands in.
  const within = (...roots) => roots.flatMap((root) => [...(root?.querySelectorAll(FIGURE) ?? [])]);
  const ABOUT = [
    [FIGURE, (figure) => [figure]],
    [".tb-table thead th", (name) =>
      within(...[...name.closest("table").tBodies[0].rows].map((row) => row.cells[name.cellIndex]))],
    [".tb-table tbody td:first-child", (name) =>
      name.closest("table").rows[0].cells[0].textContent === "指标" ? within(name.parentElement) : []],
    [".tb-card h3, .tb-tiles span, .tb-roster h3", (name) => within(name.parentElement)],
    ["h2.tb-heading", (name) =>
      within(name.parentElement, name.closest('[data-testid="stElementContainer"]')?.nextElementSibling)],
  ];
  const metrics = (figures) =>
    new Set(figures.flatMap((figure) =>
      new URL(figure.href).searchParams.getAll("of").map((fact) => fact.split("~")[0])));
  const found = (target) => {
    for (const [selector, figures] of ABOUT) {
      const element = target.closest?.(selector);
      if (!element) continue;
      const ids = [...metrics(figures(element))];
      return ids.length && ids.length <= MOST ? { element, ids } : null;
    }
    return null;
  };

  const known = () =>
    (terms ??= fetch(new URL("terms.json", location.href)).then((answer) => answer.json()).catch(() => {
      terms = undefined; // asked again next time
      return {};
    }));
  const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const place = (element) => {
    const box = element.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const isBelow = box.bottom + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    tip.style.top = `${isBelow ? box.bottom : Math.max(0, box.top - tip.offsetHeight)}px`;
  };
  const hide = () => {
    clearTimeout(waiting);
    at?.removeAttribute("aria-describedby");
    at = undefined;
    tip.hidden = true;
  };
  const show = async ({ element, ids }) => {
    clearTimeout(waiting);
    if (at === element) return;
    hide();
    at = element;
    const all = await known();
    const said = ids.map((id) => all[id]).filter(Boolean);
    if (at !== element || !element.isConnected || !said.length) return;
    tip.replaceChildren(...said.flatMap(([name, definition, unit, source]) => [
      line("strong", name),
      line("p", `${definition}。`),
      line("small", `${unit && `单位：${unit}｜`}出处：${source}`),
    ]));
    tip.hidden = false;
    element.setAttribute("aria-describedby", tip.id);
    place(element);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(waiting);
    if (tip.contains(event.target)) return;
    const next = found(event.target);
    if (next) waiting = setTimeout(show, PAUSE, next);
    else if (at && at !== document.activeElement) waiting = setTimeout(hide, LINGER);
  });
  document.addEventListener("focusin", (event) => {
    const figure = event.target.matches?.(`${FIGURE}:focus-visible`) && found(event.target);
    if (figure) show(figure);
    else if (at) hide();
  });
  // A finger cannot point: a tap on a name tells; on a figure it leads to its source, which tells, too.
  document.addEventListener("click", (event) => {
    const name = event.pointerType === "touch" && !event.target.closest?.("a") && found(event.target);
    if (name) show(name);
    else if (at && !tip.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), true);
  document.addEventListener("scroll", hide, true);
})();
