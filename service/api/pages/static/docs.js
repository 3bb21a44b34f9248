// Starts Swagger UI on the contract of this service, and keeps it in step with light and dark.

const place = document.getElementById("swagger-ui");
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.contract,
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "none",
  filter: true,
  // The token lives as long as the page: nothing is left behind on a shared machine.
  persistAuthorization: false,
  tryItOutEnabled: true,
  // Never hands the contract to a validator elsewhere.
  validatorUrl: null,
});
