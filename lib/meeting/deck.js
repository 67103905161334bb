// Turning the slides of a deck. Needs no network: all slides are here; only a newer release is asked about.
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const slides = Array.from(document.querySelectorAll(".slide"));
  const status = document.body.dataset.status;
  const back = document.body.dataset.back;
  const DIGITS_MS = 1600, IDLE_MS = 2500, HINT_MS = 7000, SMALLEST = 0.6;
  let at = 0, typed = "", typing = 0, idling = 0;
  let turnsAt = 0, opened = Date.now(), turned = Date.now();
  let leftFull = 0;

  // Which slide is in view; the address keeps it, so that a reload returns to it.
  function show(number) {
    at = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, n) => {
      slide.classList.toggle("on", n === at);
      slide.setAttribute("aria-hidden", String(n !== at));
    });
    history.replaceState(null, "", "#" + (at + 1));
    turned = Date.now();
    if (turnsAt) turnsAt = turned + seconds() * 1000;
    fit(slides[at]);
    say();
  }
  const seconds = () => Number(slides[at].dataset.seconds);
  const next = () => show(at + 1);
  const previous = () => show(at - 1);
  const asked = () => (parseInt(location.hash.slice(1), 10) || 1) - 1;

  // Type shrinks where a screen is narrower than any the pages were made for.
  function fit(slide) {
    const body = slide.querySelector(".body");
    let factor = 1;
    slide.style.setProperty("--fit", factor);
    const over = () => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1 ||
      Array.from(body.querySelectorAll("article")).some((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1);
    while (over() && factor > SMALLEST) {
      factor -= 0.03;
      slide.style.setProperty("--fit", factor.toFixed(2));
    }
  }

  // Turning by itself.
  function play(on) {
    turnsAt = on ? Date.now() + seconds() * 1000 : 0;
    root.classList.toggle("playing", on);
    const button = document.querySelector('[data-does="play"]');
    button.textContent = on ? "❚❚" : "▶";
    button.setAttribute("aria-label", on ? "停下" : "自动播放");
    if (on) stayAwake();
    tick();
  }
  function tick() {
    const now = Date.now();
    if (turnsAt && now >= turnsAt) at + 1 < slides.length ? next() : play(false);
    const share = turnsAt ? 1 - (turnsAt - Date.now()) / (seconds() * 1000) : 0;
    document.querySelector("#progress i").style.width = (share * 100).toFixed(1) + "%";
    if (!find("notes").hidden) clock();
  }
  function stayAwake() {
    if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {});
  }

  // What to say, and the time.
  function say() {
    const said = slides[at].querySelector(".notes").textContent;
    find("said").textContent = said || "这一页没有讲稿。";
    clock();
  }
  const two = (number) => String(number).padStart(2, "0");
  const span = (ms) => Math.floor(ms / 60000) + ":" + two(Math.floor(ms / 1000) % 60);
  function clock() {
    const now = new Date();
    find("clock").textContent = `第${at + 1}页，计划${seconds()}秒，已用${span(now - turned)}｜开场以来 ${span(now - opened)}｜现在 ${two(now.getHours())}:${two(now.getMinutes())}`;
  }

  // Full screen, black, notes, keys.
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().then(stayAwake, () => {});
  }
  const toggle = (id) => { find(id).hidden = !find(id).hidden; say(); };
  function escape() {
    const open = ["black", "help", "notes"].find((id) => !find(id).hidden);
    if (document.fullscreenElement) document.exitFullscreen();
    else if (open) find(open).hidden = true;
    else if (Date.now() - leftFull > 800 && back) leave();
  }
  function hint(text) {
    const element = find("hint");
    if (text) element.textContent = text;
    element.classList.remove("gone");
    clearTimeout(hint.timer);
    hint.timer = setTimeout(() => element.classList.add("gone"), HINT_MS);
  }

  // A page number, typed.
  function digit(text) {
    typed = (typed + text).slice(-3);
    find("typed").textContent = typed;
    find("typed").hidden = false;
    clearTimeout(typing);
    typing = setTimeout(forget, DIGITS_MS);
  }
  function forget() {
    typed = "";
    find("typed").hidden = true;
  }
  function jump() {
    if (!typed) return next();
    show(Number(typed) - 1);
    forget();
  }

  const KEYS = {
    ArrowRight: next, ArrowDown: next, PageDown: next, ArrowLeft: previous, ArrowUp: previous, PageUp: previous,
    Home: () => show(0), End: () => show(slides.length - 1), Enter: jump, Escape: escape,
    f: full, p: () => play(!turnsAt), a: () => play(!turnsAt), n: () => toggle("notes"),
    b: () => toggle("black"), ".": () => toggle("black"), "?": () => toggle("help"), h: () => toggle("help"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest && event.target.closest("button");
    if (onButton && (event.key === " " || event.key === "Enter")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const does = key === " " ? (event.shiftKey ? previous : next) : KEYS[key];
    if (/^[0-9]$/.test(key)) digit(key);
    else if (does) does();
    else return;
    event.preventDefault();
  });

  const DOES = { back: previous, next: next, play: () => play(!turnsAt), notes: () => toggle("notes"), full: full };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      DOES[button.dataset.does]();
      button.blur();
    } else if (event.target.closest("#notes")) return;
    else if (!find("help").hidden || !find("black").hidden) find("help").hidden = find("black").hidden = true;
    else if (event.clientX < innerWidth * 0.25) previous();
    else if (event.clientX > innerWidth * 0.75) next();
  });
  let touched = null;
  document.addEventListener("touchstart", (event) => { touched = event.touches[0]; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const moved = touched ? event.changedTouches[0].clientX - touched.clientX : 0;
    if (Math.abs(moved) > 60) moved < 0 ? next() : previous();
    touched = null;
  }, { passive: true });

  function awake() {
    root.classList.remove("idle");
    clearTimeout(idling);
    idling = setTimeout(() => root.classList.add("idle"), IDLE_MS);
  }
  ["mousemove", "touchstart"].forEach((name) => document.addEventListener(name, awake, { passive: true }));
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) leftFull = Date.now();
    fit(slides[at]);
  });
  addEventListener("resize", () => fit(slides[at]));
  addEventListener("hashchange", () => { if (asked() !== at) show(asked()); });
  addEventListener("beforeprint", () => slides.forEach(fit));

  // Whether there is a newer release. The figures on the slides never change.
  const ONLINE_MS = 5000, OFFLINE_MS = 1500, PATIENCE_MS = 4000, LEAVING_MS = 1500;
  function heard(answer) {
    find("offline").hidden = true;
    if (answer.newer) announce(answer.label);
  }
  function announce(label) {
    if (label) find("newer-label").textContent = label;
    find("newer").hidden = false;
    root.classList.add("newer");
    fit(slides[at]);
  }
  function silent() {
    find("offline").hidden = false;
  }
  function answered(patience) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    return fetch(status, { cache: "no-store", signal: stop.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then(
        (answer) => { clearTimeout(timer); heard(answer); return true; },
        () => { clearTimeout(timer); silent(); return false; });
  }
  function ask() {
    answered(PATIENCE_MS).then((there) => setTimeout(ask, there ? ONLINE_MS : OFFLINE_MS));
  }
  // Nobody leaves for a server that is not there.
  function leave() {
    answered(LEAVING_MS).then((there) => (there ? location.assign(back) : hint("服务器没有应答，留在放映里。")));
  }

  root.classList.add("live");
  if (!find("newer").hidden) announce("");
  show(asked());
  hint("");
  root.classList.add("idle");
  setInterval(tick, 200);
  if (status) ask();
})();
