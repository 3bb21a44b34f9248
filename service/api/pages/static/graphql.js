// The GraphQL page: asks this service, shows the answer, and keeps the schema beside it.

import { editable } from "./editor.js";
import { explore } from "./explorer.js";
import { draft, nameAt } from "./operations.js";
import { INTROSPECTION, Schema } from "./schema.js";
import { describe, show } from "./answer.js";

const TOKEN = "talentspor.token";
const START = "query WhatIsHere {\n  __typename\n}\n";

const at = (id) => document.getElementById(id);
const bench = at("bench");
const token = at("token");
const operation = at("operation");
const variables = at("variables");
const example = at("example");
const run = at("run");

let schema = null;
let drafted = START;
let running = false;

// ---- asking

async function ask(body) {
  const headers = {
    Accept: "application/graphql-response+json, application/json;q=0.9, application/problem+json;q=0.8",
    "Content-Type": "application/json",
  };
  const bearer = token.value.trim().replace(/^bearer\s+/i, "");
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const began = performance.now();
  const response = await fetch(bench.dataset.endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  const milliseconds = Math.round(performance.now() - began);
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // An answer that is no JSON is shown as it came.
  }
  return { response, text, json, milliseconds };
}

function givenVariables() {
  const problem = at("variables-problem");
  problem.textContent = "";
  variables.removeAttribute("aria-invalid");
  if (variables.value.trim() === "") return {};
  try {
    const given = JSON.parse(variables.value);
    if (given === null || typeof given !== "object" || Array.isArray(given)) throw new Error("an object is wanted, like { \"first\": 10 }");
    return given;
  } catch (error) {
    problem.textContent = `The variables cannot be read: ${error.message}`;
    variables.setAttribute("aria-invalid", "true");
    variables.focus();
    return null;
  }
}

async function runOperation() {
  if (running) return;
  const given = givenVariables();
  if (given === null) return;
  running = true;
  run.setAttribute("aria-disabled", "true");
  at("status").textContent = "Running …";
  const body = { query: operation.value, variables: given };
  const name = nameAt(operation.value, operation.selectionStart);
  if (name) body.operationName = name;
  try {
    const answer = await ask(body);
    at("status").textContent = describe(answer);
    show(answer, at("result"), at("errors"), bench.dataset.problems);
  } catch (error) {
    at("status").textContent = `The service did not answer: ${error.message}`;
    at("result").textContent = "";
    at("errors").replaceChildren();
  } finally {
    running = false;
    run.removeAttribute("aria-disabled");
  }
}

// ---- the schema and its examples

function put(field, kind) {
  const made = draft(schema, field, kind);
  operation.value = made.operation;
  variables.value = made.variables;
  drafted = made.operation;
  givenVariables();
  operation.focus();
  operation.setSelectionRange(0, 0);
  operation.scrollTop = 0;
}

function offerExamples() {
  const groups = schema.roots().map(({ kind, type }) => {
    const group = document.createElement("optgroup");
    group.label = kind === "query" ? "Queries" : "Mutations";
    group.append(...type.fields.map((field) => new Option(field.name, `${kind} ${field.name}`)));
    return group;
  });
  example.replaceChildren(new Option("Choose an operation …", ""), ...groups);
  example.disabled = false;
}

async function loadSchema() {
  at("found").textContent = "Loading the schema …";
  try {
    const answer = await ask({ query: INTROSPECTION });
    if (!answer.json?.data?.__schema) {
      const why = answer.json?.errors?.[0]?.message ?? answer.json?.detail ?? answer.json?.title ?? "";
      at("found").textContent = token.value.trim()
        ? `The schema could not be loaded (${answer.response.status}). ${why}`
        : `Enter a token to see the schema. ${why}`;
      return;
    }
    schema = new Schema(answer.json.data.__schema);
  } catch (error) {
    at("found").textContent = `The schema could not be loaded: ${error.message}`;
    return;
  }
  offerExamples();
  explore(schema, { place: at("explorer"), search: at("search"), found: at("found"), put });
  // The first operation without arguments is a better start than nothing, if nothing was written yet.
  const first = schema.roots()[0];
  const easy = first?.type.fields.find((field) => !field.args.some((arg) => arg.type.kind === "NON_NULL"));
  if (easy && operation.value === drafted && drafted === START) {
    const made = draft(schema, easy, first.kind);
    operation.value = made.operation;
    variables.value = made.variables;
    drafted = START;
  }
}

// ---- wiring

function remember() {
  if (token.value.trim()) sessionStorage.setItem(TOKEN, token.value.trim());
  else sessionStorage.removeItem(TOKEN);
}

token.value = sessionStorage.getItem(TOKEN) ?? "";
token.addEventListener("input", remember);
token.addEventListener("change", loadSchema);

at("reveal").addEventListener("click", ({ currentTarget: button }) => {
  const shown = token.type === "text";
  token.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});

example.addEventListener("change", () => {
  const [kind, name] = example.value.split(" ");
  const root = schema.roots().find((each) => each.kind === kind);
  const field = root?.type.fields.find((each) => each.name === name);
  if (field) put(field, kind);
});

if (operation.value === "") operation.value = START;
variables.addEventListener("change", givenVariables);
// What is mended is praised while it is typed: a line that went away on leaving the field would move the button to run
// from under the pointer that is about to press it.
variables.addEventListener("input", () => variables.hasAttribute("aria-invalid") && givenVariables());
for (const field of [operation, variables]) editable(field);

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  runOperation();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    runOperation();
  }
});

loadSchema();
