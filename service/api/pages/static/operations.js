// Drafts a runnable operation for a root field, from the schema alone, so that no example can grow stale.

import { named, written } from "./schema.js";

const LEAF = new Set(["SCALAR", "ENUM"]);
const LABELS = ["id", "name", "title", "code"];
const PAGE = 10;

/** The operation and its variables as JSON text. */
export function draft(schema, field, kind) {
  const wanted = field.args.filter((arg) => arg.type.kind === "NON_NULL" && arg.defaultValue === null);
  const first = field.args.find((arg) => arg.name === "first");
  const args = first && !wanted.includes(first) ? [...wanted, first] : wanted;
  const declared = args.map((arg) => `$${arg.name}: ${written(arg.type)}`).join(", ");
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const title = field.name.charAt(0).toUpperCase() + field.name.slice(1);
  const selection = select(schema, named(field.type), 1, 2);
  const operation = `${kind} ${title}${declared && `(${declared})`} {\n  ${field.name}${passed && `(${passed})`}${selection}\n}\n`;
  const values = Object.fromEntries(args.map((arg) => [arg.name, arg === first ? PAGE : sample(schema, arg.type)]));
  return { operation, variables: args.length ? JSON.stringify(values, null, 2) : "" };
}

/** The name of the operation at the caret, when the document holds several; else nothing. */
export function nameAt(document, caret) {
  const found = [...document.matchAll(/^\s*(?:query|mutation)\s+([_A-Za-z]\w*)/gm)];
  if (found.length < 2) return "";
  const before = found.filter((each) => each.index <= caret);
  return (before.at(-1) ?? found[0])[1];
}

function select(schema, { name }, depth, relations) {
  const type = schema.type(name);
  if (!type || LEAF.has(type.kind)) return "";
  const margin = "  ".repeat(depth + 1);
  const lines = type.kind === "UNION" || !type.fields
    ? ["__typename"]
    : type.fields.map((field) => line(schema, field, depth, relations)).filter(Boolean);
  return ` {\n${(lines.length ? lines : ["__typename"]).map((each) => margin + each).join("\n")}\n${"  ".repeat(depth)}}`;
}

function line(schema, field, depth, relations) {
  if (field.isDeprecated || field.args.some((arg) => arg.type.kind === "NON_NULL" && arg.defaultValue === null)) return "";
  const type = schema.type(named(field.type).name);
  if (!type || LEAF.has(type.kind)) return field.name;
  // A page is opened down to its nodes; another relation shows just enough to be recognised.
  if (["edges", "node", "pageInfo"].includes(field.name)) return field.name + select(schema, type, depth + 1, relations);
  if (relations === 0 || !type.fields) return "";
  const labels = type.fields.filter(({ name, args }) => LABELS.includes(name) && args.length === 0);
  if (labels.length > 0) return `${field.name} { ${labels.map(({ name }) => name).join(" ")} }`;
  return "";
}

function sample(schema, given, seen = []) {
  const type = given.kind === "NON_NULL" ? given.ofType : given;
  if (type.kind === "LIST") return [];
  const { kind, name, inputFields, enumValues } = schema.type(type.name) ?? type;
  if (kind === "ENUM") return enumValues[0].name;
  if (kind === "INPUT_OBJECT" && !seen.includes(name)) {
    const needed = inputFields.filter((each) => each.type.kind === "NON_NULL" && each.defaultValue === null);
    return Object.fromEntries(needed.map((each) => [each.name, sample(schema, each.type, [...seen, name])]));
  }
  return { Int: 0, Float: 0, Boolean: false, String: "", ID: "" }[name] ?? "";
}
