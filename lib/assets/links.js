// Links between pages (class "tb-go") without loading the app again, and a tidy history.
(() => {
  if (window.tongbaoLinks) return;
  window.tongbaoLinks = true;

  // An address without a release is only a stop on the way to one: the back button passes it by.
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) =>
    new URLSearchParams(location.search).has("release")
      ? push(state, unused, url)
      : history.replaceState(state, unused, url);

  // Links name what they change and no more: what is looked at here is added as one is used, be it
  // followed, opened in another tab or copied. One that names a release says all itself.
  const FILTERS = ["release", "period", "district", "department"];
  const carry = (event) => {
    const link = event.target.closest?.("a.tb-go, a[download]");
    if (!link) return;
    const own = new URLSearchParams((link.dataset.own ??= link.search));
    if (own.has("release")) return;
    const held = [...new URLSearchParams(location.search)];
    const added = held.filter(([key]) => FILTERS.includes(key) && !own.has(key));
    link.search = new URLSearchParams([...added, ...own]);
  };
  for (const name of ["pointerdown", "focusin", "contextmenu", "click"])
    document.addEventListener(name, carry, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.tb-go");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    push({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector('[data-testid="stMain"]');
    main?.scrollTo(0, 0);
    main?.focus({ preventScroll: true }); // the link itself goes with its page
  });

  // The bar: one menu is open at most, Escape and a click elsewhere close it, the page in view is marked.
  const bar = document.querySelector("nav.tb-menu");
  bar.querySelector(".tb-skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address stays
    document.querySelector('[data-testid="stMain"]')?.focus();
  });
  const open = () => bar.querySelector("details[open]");
  document.addEventListener("click", (event) => {
    const menu = open();
    if (menu && !event.target.closest?.("summary")) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && open();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  const mark = () => {
    for (const link of bar.querySelectorAll("a.tb-go")) {
      const here = new URL(link.href).pathname === location.pathname;
      here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
  };
  mark();
  addEventListener("popstate", mark);
})();
