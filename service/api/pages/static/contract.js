// The contract as the page shows it. Resources refer to each other in circles, which Swagger UI follows for as long as
// the tab has memory: a related resource is shown by its name, and described where it is at home.
// And a form that is sent as it stands asks for everything: what may be left out begins empty.

const RESOURCE = /^#\/components\/schemas\/(.+)$/;

function target(schema) {
  const found = schema.$ref ?? schema.items?.$ref ?? schema.anyOf?.find((one) => one.$ref)?.$ref;
  return found?.match(RESOURCE)?.[1];
}

function cut(schema, resources) {
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const related = target(part);
    if (!resources.has(related)) continue;
    const several = part.type === "array";
    const one = { type: "object", title: related };
    schema.properties[name] = {
      ...(several ? { type: "array", items: one } : { type: ["object", "null"], title: related }),
      description: part.description,
    };
  }
}

function emptied(parameters) {
  for (const one of parameters) {
    if (!one.required) delete one.example;
    // Swagger UI has no field for a list of ids, only for one of texts.
    delete one.schema?.items?.format;
  }
}

export async function contract(address) {
  const answer = await fetch(address);
  const document = await answer.json();
  const { schemas = {}, parameters = {} } = document.components ?? {};
  const resources = new Set(Object.keys(schemas).filter((name) => schemas[name].properties?.id));
  for (const name of resources) cut(schemas[name], resources);
  emptied(Object.values(parameters));
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) emptied(operation.parameters ?? []);
  }
  return document;
}
