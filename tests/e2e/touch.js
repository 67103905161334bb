// On a phone: what is too small for a finger, cut off, or scrolls without saying so.
() => {
  const LEAST = 32, EDGE = 1; // pixels; rounding
  const name = (e) => `${e.tagName} ${e.dataset.testid || e.getAttribute("class") || ""} “${(e.getAttribute("aria-label") || e.textContent || "").trim().slice(0, 24)}”`;
  const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest("[data-testid=stSidebar], [data-testid=stSkipToContent], [aria-hidden=true]");
  // A field is touched anywhere in its box, a tick or a dot on its words too.
  const target = (e) => (e.matches("input, textarea, [role=spinbutton], [role=group] > button") && e.closest("label:has(input), [role=group]:not(.tb-scroll), [data-testid$=RootElement], [data-testid=stDateInputField]")) || e;
  const small = [...document.querySelectorAll("a[href], button, summary, input, textarea, [role=spinbutton]")]
    .filter((e) => visible(e) && e.type !== "file" && !e.closest(".tb-paper")) // a figure in a sentence is as high as its line
    .flatMap((e) => {
      const boxes = [...target(e).getClientRects()].filter((box) => box.width > 0);
      const fits = boxes.some((box) => box.width >= LEAST - EDGE && box.height >= LEAST - EDGE);
      return boxes.length === 0 || fits ? [] : [`small ${boxes[0].width.toFixed()}x${boxes[0].height.toFixed()}: ${name(e)}`];
    });

  const scrolls = [...document.querySelectorAll(".tb-scroll")].filter((e) => visible(e) && e.scrollWidth > e.clientWidth + EDGE);
  const silent = scrolls.filter((e) => !getComputedStyle(e, "::after").content.includes("左右滚动"));
  const unreachable = scrolls.filter((e) => e.tabIndex < 0 || !e.getAttribute("aria-label"));

  const cut = [...document.querySelectorAll("[data-testid=stMain] *:not(svg *, canvas *)")].filter((e) => {
    const hides = ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + EDGE;
    return hides && visible(e) && e.clientWidth > EDGE && e.textContent.trim() && !e.matches("input");
  });
  const beyond = [...document.querySelectorAll(".role-mark text, .role-axis-label text, .role-legend-label text")].filter((e) => {
    const box = e.getBoundingClientRect(), frame = e.closest("svg").getBoundingClientRect();
    return e.textContent.trim() && (box.left < frame.left - 2 || box.right > frame.right + 2);
  });
  return [...small, ...silent.map((e) => `does not say it scrolls: ${name(e)}`), ...unreachable.map((e) => `not reachable: ${name(e)}`),
    ...cut.map((e) => `cut: ${name(e)}`), ...beyond.map((e) => `over the edge of its chart: ${name(e)}`)];
}
