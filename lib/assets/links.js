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

  // On a phone the drawer covers the page that was asked for: it closes.
  const drawer = (part) => document.querySelector(`[data-testid="${part}"]`);
  document.addEventListener("click", (event) => {
    if (innerWidth > 768 || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
    setTimeout(() => drawer("stExpandSidebarButton") ?? drawer("stSidebarCollapseButton")?.querySelector("button")?.click(), 50);
  });
})();
