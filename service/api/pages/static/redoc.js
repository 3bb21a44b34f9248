// Starts ReDoc on the contract of this service, in the colours of the pages around it.

const place = document.getElementById("redoc");

window.Redoc.init(
  place.dataset.contract,
  {
    nativeScrollbars: true,
    theme: {
      colors: { primary: { main: "#0d5c63" } },
      typography: {
        fontFamily: "system-ui, sans-serif",
        headings: { fontFamily: "system-ui, sans-serif" },
        code: { fontFamily: "ui-monospace, Menlo, Consolas, monospace" },
      },
    },
  },
  place,
);
