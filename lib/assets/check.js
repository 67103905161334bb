// ECMAScript 5 only. What the app needs of a browser: before a page of the app, one that lacks it is
// sent to /check; there, this fills in what it has. start.js comes first on both.
(function () {
  "use strict";
  var has = {
    modules: "noModule" in document.createElement("script"),
    syntax: Boolean(window.__streamlit),
    functions: typeof Object.hasOwn === "function",
    sizes: "ResizeObserver" in window,
    socket: "WebSocket" in window,
    cookies: navigator.cookieEnabled
  };
  var list = document.getElementById("needs"), lacking = [], need;
  for (need in has) { if (!has[need]) { lacking.push(need); } }

  if (!list) {
    if (lacking.length && location.hash !== "#anyway") { location.replace("./check" + location.search); }
    return;
  }

  // Shells first: they name the browser they are made of, too.
  var NAMES = [
    [/QQBrowser\/(\d+)/, "QQ浏览器"], [/360[SE]E/, "360浏览器"], [/MetaSr/, "搜狗浏览器"],
    [/UBrowser\/(\d+)/, "UC浏览器"], [/LBBROWSER/, "猎豹浏览器"], [/MicroMessenger\/(\d+)/, "微信"]
  ];
  var KERNELS = [
    [/Edge?\/(\d+)/, "Edge"], [/Chrome\/(\d+)/, "Chrome"], [/Firefox\/(\d+)/, "Firefox"],
    [/Version\/(\d+).*Safari/, "Safari"]
  ];
  var agent = navigator.userAgent;
  var named = function (names) {
    var n, found;
    for (n = 0; n < names.length; n += 1) {
      found = names[n][0].exec(agent);
      if (found) { return names[n][1] + (found[1] ? " " + found[1] : ""); }
    }
    return "";
  };
  var shell = named(NAMES);
  var kernel = document.documentMode ? "IE " + document.documentMode : named(KERNELS);
  document.getElementById("browser").textContent =
    shell && kernel ? shell + "（内核 " + kernel + "）" : shell || kernel || "认不出的浏览器";
  for (need in has) {
    document.getElementById("need-" + need).textContent = has[need] ? "有" : "无";
  }
  // Cookies are switched off by people, not by age.
  document.body.className = (!lacking.length ? "good" : lacking.join() === "cookies" ? "blocked" : "old") +
    (document.documentMode ? " ie" : "") + (/Windows NT 6\.1/.test(agent) ? " seven" : "");
}());
