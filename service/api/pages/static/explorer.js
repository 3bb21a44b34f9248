// The schema beside the editor: read by following links, or by searching. Places are addresses (#schema/Talent),
// so the browser's own back button and keyboard work.

import { named } from "./schema.js";

const PLACE = "#schema/";
const MOST = 60;
const KINDS = {
  OBJECT: "type", INPUT_OBJECT: "input", ENUM: "enum", SCALAR: "scalar", INTERFACE: "interface", UNION: "union",
};

let stop = new AbortController();

export function explore(schema, { place, search, found, put }) {
  // A new token may show a new schema: what listened for the old one is let go.
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;

  const draw = (moved) => {
    const [name, member] = decodeURIComponent(location.hash.slice(PLACE.length)).split(".");
    const type = location.hash.startsWith(PLACE) ? schema.type(name) : undefined;
    place.replaceChildren(...(type ? page(schema, type, put) : contents(schema, put)));
    found.textContent = type ? "" : `${schema.listed().length} types`;
    place.scrollTop = 0;
    if (!moved) return;
    const target = member && place.querySelector(`[data-member="${CSS.escape(member)}"]`);
    const goal = target || place.querySelector("h3");
    goal.tabIndex = -1;
    goal.focus();
    goal.scrollIntoView({ block: "nearest" });
  };

  const look = () => {
    if (search.value.trim() === "") {
      draw(false);
      return;
    }
    const hits = schema.search(search.value);
    found.textContent = hits.length > MOST ? `${hits.length} places; the first ${MOST} are shown` : `${hits.length} ${hits.length === 1 ? "place" : "places"}`;
    place.replaceChildren(make("ul", {}, ...hits.slice(0, MOST).map(hit)));
  };

  search.disabled = false;
  search.addEventListener("input", look, { signal });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value) {
      search.value = "";
      look();
    }
  }, { signal });
  // A search result may point at the place one came from: then the address does not change.
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && search.value) {
      search.value = "";
      if (link.hash === location.hash) draw(true);
    }
  }, { signal });
  addEventListener("hashchange", () => { if (location.hash === "" || location.hash.startsWith(PLACE)) draw(true); }, { signal });
  if (search.value.trim()) look();
  else draw(false);
}

function contents(schema, put) {
  const roots = schema.roots().flatMap(({ kind, type }) => [
    make("h3", {}, kind === "query" ? "Queries" : "Mutations"),
    make("ul", {}, ...type.fields.map((field) => member(field, { kind, put }))),
  ]);
  const rootNames = schema.roots().map(({ type }) => type.name);
  const others = schema.listed().filter(({ name }) => !rootNames.includes(name));
  return [
    ...roots,
    make("h3", {}, "Types"),
    make("ul", {}, ...others.map((type) => make("li", {}, link(type.name), " ", kindOf(type), about(type.description)))),
  ];
}

function page(schema, type, put) {
  const root = schema.roots().find((each) => each.type === type);
  const section = (title, items) => (items?.length ? [make("h4", {}, title), make("ul", {}, ...items)] : []);
  const linked = (types) => types?.map(({ name }) => make("li", {}, link(name)));
  return [
    make("p", { className: "trail" }, make("a", { href: PLACE }, "← All of the schema")),
    make("h3", {}, type.name, " ", kindOf(type)),
    about(type.description),
    ...section("Fields", type.fields?.map((field) => member(field, root && { kind: root.kind, put }))),
    ...section("Fields", type.inputFields?.map((field) => member(field))),
    ...section("Values", type.enumValues?.map((value) => member(value))),
    ...section("Is a", linked(type.interfaces)),
    ...section("Can be", linked(type.possibleTypes)),
    ...section("Used by", schema.usersOf(type.name).map((name) => make("li", {}, link(name)))),
  ];
}

function member(each, root) {
  const item = make("li", {});
  item.dataset.member = each.name;
  const name = make("code", each.isDeprecated ? { className: "old" } : {}, each.name);
  item.append(name);
  if (each.type) item.append(": ", typed(each.type));
  if (each.defaultValue !== null && each.defaultValue !== undefined) item.append(" = ", make("code", {}, each.defaultValue));
  if (root) {
    const use = make("button", { type: "button", className: "quiet small" }, "Draft");
    use.setAttribute("aria-label", `Draft ${root.kind} ${each.name} in the editor`);
    use.addEventListener("click", () => root.put(each, root.kind));
    item.append(" ", use);
  }
  if (each.isDeprecated) item.append(about(`Deprecated: ${each.deprecationReason ?? "no reason given"}`));
  item.append(about(each.description));
  if (each.args?.length) item.append(make("ul", {}, ...each.args.map((arg) => member(arg))));
  return item;
}

function typed(type) {
  if (type.kind === "NON_NULL") return make("code", {}, typed(type.ofType), "!");
  if (type.kind === "LIST") return make("code", {}, "[", typed(type.ofType), "]");
  return link(named(type).name);
}

function hit({ type, member: within, description }) {
  const name = within ? `${type}.${within}` : type;
  return make("li", {}, make("a", { href: PLACE + encodeURIComponent(name) }, make("code", {}, name)), about(description));
}

function link(name) {
  return make("a", { href: PLACE + encodeURIComponent(name) }, make("code", {}, name));
}

function kindOf(type) {
  return make("span", { className: "kind" }, KINDS[type.kind]);
}

function about(description) {
  return description ? make("p", {}, description) : "";
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
