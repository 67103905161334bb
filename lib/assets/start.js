// Runs before Streamlit: where its server is. It would try the address of the page first, then ask
// for its settings, and only then connect.
(() => {
  const { origin } = location;
  window.__streamlit = {
    BACKEND_BASE_URL: new URL("./", location.href).href, // pages stand side by side under one folder
    HOST_CONFIG: { allowedOrigins: [origin], useExternalAuthToken: false, enableCustomParentMessages: false, blockErrorDialogs: false },
  };
})();
