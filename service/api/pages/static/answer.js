// Says plainly what came back.

/** The one line above the answer: status, time, request id. */
export function describe({ response, json, milliseconds }) {
  const parts = [`${response.status} ${response.statusText}`.trim(), `${milliseconds} ms`];
  const request = response.headers.get("x-request-id") ?? json?.requestId ?? json?.extensions?.requestId;
  if (request) parts.push(`request ${request}`);
  if (json?.errors?.length) parts.push(json.errors.length === 1 ? "1 error" : `${json.errors.length} errors`);
  return parts.join(" · ");
}

/** Puts the answer into its places: errors as sentences, everything as JSON. */
export function show({ response, text, json }, result, errors, problems) {
  result.textContent = json === null ? text : JSON.stringify(json, null, 2);
  result.scrollTop = 0;
  const found = sentences(response, json);
  if (found.length === 0) {
    errors.replaceChildren();
    return;
  }
  const list = document.createElement("ul");
  list.className = "errors";
  list.append(...found.map((error) => item(error, problems)));
  errors.replaceChildren(list);
}

function sentences(response, json) {
  if (Array.isArray(json?.errors) && json.errors.some((error) => error.message)) {
    return json.errors.map((error) => ({
      message: error.message,
      code: error.extensions?.code,
      where: [
        error.path ? `in ${error.path.join(" › ")}` : "",
        ...(error.locations ?? []).map(({ line, column }) => `line ${line}, column ${column}`),
      ].filter(Boolean).join(", "),
    }));
  }
  if (response.ok) return [];
  return [{ message: json?.detail ?? json?.title ?? "The service answered with an error.", code: json?.code, where: "" }];
}

function item({ message, code, where }, problems) {
  const line = document.createElement("li");
  line.append(message);
  if (code) {
    const link = document.createElement("a");
    link.href = `${problems}/${encodeURIComponent(code)}`;
    link.textContent = code;
    line.append(" (", link, ")");
  }
  if (where) {
    const place = document.createElement("span");
    place.className = "where";
    place.textContent = where;
    line.append(place);
  }
  return line;
}
