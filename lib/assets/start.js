// Runs before Streamlit: where its server is, and in which language it speaks. It would try the address
// of the page first, then ask for its settings, and only then connect; dates, numbers and what screen
// readers hear of them would be in the language of the browser.
(() => {
  Object.defineProperty(navigator, "language", { value: "zh-CN" });
  Object.defineProperty(navigator, "languages", { value: Object.freeze(["zh-CN"]) });
  const { origin } = location;
  window.__streamlit = {
    BACKEND_BASE_URL: new URL("./", location.href).href, // pages stand side by side under one folder
    HOST_CONFIG: { allowedOrigins: [origin], useExternalAuthToken: false, enableCustomParentMessages: false, blockErrorDialogs: false },
  };
})();
