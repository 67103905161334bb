// Runs before Streamlit, in the newest syntax its scripts are written in: a browser that does not
// know it (Chrome before 94, Firefox before 93) runs nothing of this, which check.js sees.
(class {
  static {
    // The language of everything it says: dates, numbers, what screen readers hear of them.
    Object.defineProperty(navigator, "language", { value: "zh-CN" });
    Object.defineProperty(navigator, "languages", { value: Object.freeze(["zh-CN"]) });

    // Where Streamlit's server is. It would try the address of the page first, then ask for its
    // settings, and only then connect.
    const { origin } = location;
    window.__streamlit = {
      BACKEND_BASE_URL: new URL("./", location.href).href, // pages stand side by side under one folder
      HOST_CONFIG: { allowedOrigins: [origin], useExternalAuthToken: false, enableCustomParentMessages: false, blockErrorDialogs: false },
    };

    // The one function it needs that came later, with Chrome 110: Windows 7 has no Chrome after 109.
    if (!Array.prototype.toSorted)
      Object.defineProperty(Array.prototype, "toSorted", {
        value(compare) { return [...this].sort(compare); },
        configurable: true, writable: true,
      });
  }
});
