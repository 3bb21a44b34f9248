// Starts Swagger UI on the contract of this service, keeps it in step with light and dark, and mends what
// keeps people with a keyboard or a screen reader from using it.

import { contract } from "./contract.js";

const place = document.getElementById("swagger-ui");
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// Levels that follow one another, from the page's own heading down.
const LEVELS = [
  [".opblock-tag, section.models > h4, .modal-ux-header h3", 2],
  [".opblock h4, .modal-ux-content h4", 3],
  [".opblock h5, .modal-ux-content h6", 4],
];

function label(selector, name) {
  for (const element of place.querySelectorAll(selector)) {
    if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", name(element));
  }
}

function repair() {
  for (const [selector, level] of LEVELS) {
    for (const heading of place.querySelectorAll(selector)) {
      if (heading.getAttribute("aria-level") === String(level)) continue;
      heading.setAttribute("role", "heading");
      heading.setAttribute("aria-level", String(level));
    }
  }
  label(".close-modal", () => "Close");
  label(".copy-to-clipboard button", () => "Copy");
  label(".body-param__text", () => "Request body");
  label(".examples-select-element", () => "Example");
  label("tr[data-param-name] :is(input, select, textarea)", (field) => field.closest("tr").dataset.paramName);
  label("tr[data-property-name] :is(input, select, textarea)", (field) => field.closest("tr").dataset.propertyName);
  label(".opblock [role=region]", (region) => {
    const summary = region.closest(".opblock").querySelector(".opblock-summary");
    const [method, path] = [".opblock-summary-method", "[data-path]"].map((each) => summary.querySelector(each)?.textContent);
    return `${method} ${path}, ${region.className.split(" ")[0].replaceAll("-", " ")}`;
  });
  // What scrolls must be reachable by keyboard.
  for (const text of place.querySelectorAll("pre:not([tabindex])")) text.tabIndex = 0;
  // What is read aloud must be what is written on the button.
  for (const button of place.querySelectorAll(".modal-btn[aria-label]")) button.removeAttribute("aria-label");
  for (const dialog of place.querySelectorAll(".modal-ux:not([role])")) {
    dialog.setAttribute("role", "dialog");
    dialog.setAttribute("aria-modal", "true");
    dialog.setAttribute("aria-label", "Authorisation");
    dialog.querySelector("input")?.focus();
    asked = true;
  }
  if (asked && !place.querySelector(".modal-ux")) {
    asked = false;
    place.querySelector(".btn.authorize")?.focus();
  }
}

let asked = false;
new MutationObserver(repair).observe(place, { childList: true, subtree: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") place.querySelector(".close-modal")?.click();
});

window.SwaggerUIBundle({
  domNode: place,
  spec: await contract(place.dataset.contract),
  // Links within the buttons that open an operation confuse screen readers.
  deepLinking: false,
  displayRequestDuration: true,
  docExpansion: "none",
  filter: true,
  // The token lives as long as the page: nothing is left behind on a shared machine.
  persistAuthorization: false,
  syntaxHighlight: { theme: "obsidian" },
  tryItOutEnabled: true,
  // Never hands the contract to a validator elsewhere.
  validatorUrl: null,
});
