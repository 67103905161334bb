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
  const FILTERS = ["release", "period", "district", "department"];
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
  // A link that is opened in another tab, or copied, keeps what is looked at here.
  const carry = (event) => {
    const link = event.target.closest?.("nav.tb-menu a.tb-go");
    if (!link) return;
    const held = [...new URLSearchParams(location.search)].filter(([key]) => FILTERS.includes(key));
    link.search = new URLSearchParams(held);
  };
  ["pointerdown", "focusin", "contextmenu"].forEach((name) => bar.addEventListener(name, carry));
})();
