// What a metric's name (class "tb-term") means, where it is pointed at, has the focus, or is tapped.
(() => {
  if (window.tongbaoTerms) return;
  window.tongbaoTerms = true;

  const LINGER = 200; // ms on the way from a name to what is said of it
  const tip = document.createElement("div");
  tip.id = "tb-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let terms, at, tapped, going;

  const known = () =>
    (terms ??= fetch(new URL("terms.json", location.href)).then((answer) => answer.json()).catch(() => {
      terms = undefined; // asked again next time
      return {};
    }));
  const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const place = () => {
    const link = at.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const below = link.bottom + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(link.left, room))}px`;
    tip.style.top = `${below ? link.bottom : link.top - tip.offsetHeight}px`;
  };
  const hide = () => {
    clearTimeout(going);
    at?.removeAttribute("aria-describedby");
    at = undefined;
    tip.hidden = true;
  };
  const show = async (link, onward) => {
    if (at === link) return clearTimeout(going);
    hide();
    at = link;
    const said = await known();
    const ids = new URL(link.href).searchParams.getAll("metric").filter((id) => said[id]);
    if (at !== link || !link.isConnected || !ids.length) return;
    tip.replaceChildren(
      ...ids.flatMap((id) => {
        const [name, definition, unit, source] = said[id];
        return [line("strong", name), line("p", `${definition}。`), line("small", `${unit ? `单位：${unit}｜` : ""}出处：${source}`)];
      }),
      line("small", onward),
    );
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    place();
  };

  const named = (event) => event.target.closest?.("a.tb-term");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || !(named(event) || at)) return;
    if (tip.contains(event.target)) clearTimeout(going);
    else if (named(event)) show(named(event), "点一下看全部口径");
    else if (at !== document.activeElement) {
      clearTimeout(going);
      going = setTimeout(hide, LINGER);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (named(event)) show(named(event), tapped ? "再点一下看全部口径" : "按回车看全部口径");
    else if (at) hide();
  });
  // A finger cannot point: the first tap says what it means, the next one follows.
  document.addEventListener("pointerdown", (event) => {
    const link = named(event);
    tapped = event.pointerType === "touch" && link !== at ? link : undefined;
    if (at && !link && !tip.contains(event.target)) hide();
  }, true);
  document.addEventListener("click", (event) => {
    const link = named(event);
    if (!link) return;
    if (link === tapped) {
      event.preventDefault();
      event.stopImmediatePropagation();
      show(link, "再点一下看全部口径");
    } else hide();
  }, true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), true);
  document.addEventListener("scroll", hide, true);
})();
