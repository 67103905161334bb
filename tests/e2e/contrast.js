// Every visible text and drawn mark that stands out too little from what is behind it.
() => {
  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = color;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = ([r, g, b, a], under, alpha = 1) =>
    [r, g, b].map((c, n) => c * a * alpha + under[n] * (1 - a * alpha));
  const light = (color) => {
    const [r, g, b] = color.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const line = (element) => {
    const found = [];
    for (let e = element; e; e = e.parentElement) found.push(e);
    return found;
  };
  const opacity = (element) => line(element).reduce((all, e) => all * getComputedStyle(e).opacity, 1);
  const ground = (element) =>
    line(element).reverse().reduce((under, e) => over(rgba(getComputedStyle(e).backgroundColor), under), [255, 255, 255]);
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const told = (what, element, reached, wanted) =>
    reached >= wanted ? [] : [`${what} ${reached.toFixed(2)}: ${(element.textContent || element.getAttribute("aria-label") || "").trim().slice(0, 24)} <${element.tagName} ${element.dataset.testid || element.getAttribute("class") || ""}>`];

  const written = [...document.querySelectorAll("body *:not(svg *, script, style, title)")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && shown(e))
    .flatMap((e) => {
      const style = getComputedStyle(e), under = ground(e);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
      return told("text", e, ratio(over(rgba(style.color), under, opacity(e)), under), large ? 3 : 4.5);
    });

  const drawn = [...document.querySelectorAll("svg.marks")].flatMap((svg) => {
    const page = ground(svg.parentElement);
    const paint = (e, name, under) => {
      const style = getComputedStyle(e);
      return style[name] === "none" ? null : over(rgba(style[name]), under, style[`${name}Opacity`] * opacity(e));
    };
    const marks = [...svg.querySelectorAll(".role-mark path, .role-legend-symbol path")].filter(shown);
    const bars = marks.filter((e) => e.closest(".mark-rect"));
    const behind = (x, y) =>
      bars.reduce((under, e) => {
        const box = e.getBoundingClientRect();
        const inside = x > box.left && x < box.right && y > box.top && y < box.bottom;
        return (inside && paint(e, "fill", under)) || under;
      }, page);
    // A halo, filled and edged alike, keeps what passes behind off the label drawn over it.
    const halo = (e) => getComputedStyle(e).fill === getComputedStyle(e).stroke;
    const texts = [...svg.querySelectorAll("text")].filter((e) => e.textContent.trim() && shown(e) && !halo(e)).flatMap((e) => {
      const box = e.getBoundingClientRect(), y = box.top + box.height / 2;
      const worst = [0.1, 0.5, 0.9].map((part) => {
        const under = behind(box.left + part * box.width, y);
        return ratio(paint(e, "fill", under), under);
      });
      return told("label", e, Math.min(...worst), 4.5);
    });
    const shapes = marks.flatMap((e) => {
      const colors = [paint(e, "fill", page), paint(e, "stroke", page)].filter(Boolean);
      return told("mark", e, Math.max(...colors.map((c) => ratio(c, page))), 3);
    });
    return [...texts, ...shapes];
  });
  return [...new Set([...written, ...drawn])];
}
