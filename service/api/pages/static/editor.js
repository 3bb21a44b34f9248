// Makes a textarea pleasant for code: Tab indents, Enter keeps the indentation, Escape gives Tab back.

const STEP = "  ";

export function editable(area) {
  let leaving = false;

  area.addEventListener("blur", () => { leaving = false; });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leaving = true;
      return;
    }
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Tab" && bare && !leaving) {
      event.preventDefault();
      if (event.shiftKey) outdent(area);
      else indent(area);
    } else if (event.key === "Enter" && bare && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      newline(area);
    }
    if (event.key !== "Shift" && event.key !== "Tab") leaving = false;
  });
}

function indent(area) {
  if (area.selectionStart === area.selectionEnd) insert(area, STEP);
  else eachLine(area, (line) => (line === "" ? line : STEP + line));
}

function outdent(area) {
  eachLine(area, (line) => line.replace(/^ {1,2}|^\t/, ""));
}

function newline(area) {
  const before = area.value.slice(0, area.selectionStart);
  const current = before.slice(before.lastIndexOf("\n") + 1);
  const margin = /^[ \t]*/.exec(current)[0];
  insert(area, `\n${margin}${/[{([]\s*$/.test(current) ? STEP : ""}`);
}

function eachLine(area, change) {
  const { value, selectionStart, selectionEnd } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(from, selectionEnd - (selectionEnd > selectionStart ? 1 : 0)));
  const to = next === -1 ? value.length : next;
  const single = selectionStart === selectionEnd;
  const old = value.slice(from, to);
  const made = old.split("\n").map(change).join("\n");
  if (made === old) return;
  area.setSelectionRange(from, to);
  insert(area, made);
  const caret = Math.max(from, selectionStart + made.length - old.length);
  if (single) area.setSelectionRange(caret, caret);
  else area.setSelectionRange(from, from + made.length);
}

function insert(area, text) {
  // The old command is the only way in that the browser's own undo remembers.
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}
