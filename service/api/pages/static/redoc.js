// Starts ReDoc on the contract of this service, in the colours of the pages around it.

const place = document.getElementById("redoc");

window.Redoc.init(
  place.dataset.contract,
  {
    nativeScrollbars: true,
    theme: {
      colors: {
        primary: { main: "#0d5c63" },
        success: { main: "#155c1c" },
        warning: { main: "#7a4b00" },
        error: { main: "#9b1c1c" },
        text: { primary: "#1b2a30", secondary: "#4a5b62" },
      },
      typography: {
        fontFamily: "system-ui, sans-serif",
        headings: { fontFamily: "system-ui, sans-serif" },
        code: { fontFamily: "ui-monospace, Menlo, Consolas, monospace", color: "#9b1c1c" },
      },
    },
  },
  place,
);

// ReDoc's small headings skip levels; a screen reader's list of headings should not.
const repair = () => {
  for (const heading of place.querySelectorAll("h5:not([aria-level])")) heading.setAttribute("aria-level", "3");
};
new MutationObserver(repair).observe(place, { childList: true, subtree: true });
