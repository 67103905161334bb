// What a browser's first visit sees once, in the bar. Where nothing can be remembered, not at all.
(() => {
  const hint = document.querySelector(".tb-hint");
  try {
    if (localStorage.getItem("tongbao-hint")) return;
    localStorage.setItem("tongbao-hint", "seen");
  } catch {
    return;
  }
  hint.hidden = false;
  hint.addEventListener("click", (event) => {
    if (!event.target.closest("a, button")) return;
    hint.hidden = true;
    document.querySelector('nav.tb-menu > a[href="./help"]').focus(); // what had the focus is gone
  });
})();
