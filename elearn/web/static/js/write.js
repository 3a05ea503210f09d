// Helps to write the text of a lesson. Without this file one types the marks oneself.
//
// A page speaks to it by attributes; all words that people read come from the page:
//   [data-toolbar="id"]  buttons for that textarea: data-around="**|**", data-mark="- ", data-block="...",
//                        data-picture="a.png" (beside an input with what it shows); data-key="b";
//                        data-upload (beside that and a file): address that takes the file and answers its names.
//   textarea[data-paste] address that makes Markdown of what was copied from Word or a page; a picture that is
//                        pasted or dropped goes to the upload of its toolbar.
//   a[data-line="12"]    leads to that line of the textarea that its address names; so does textarea[data-at].
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const all = (selector) => [...document.querySelectorAll(selector)];

  // execCommand is old, and the one way to insert that Ctrl+Z takes back.
  const insert = (area, text, start = area.selectionStart, end = area.selectionEnd) => {
    area.focus();
    area.setSelectionRange(start, end);
    document.execCommand(text ? "insertText" : "delete", false, text);
  };
  const around = (area, marks, word) => {
    const [before, after] = marks.split("|");
    const start = area.selectionStart;
    const chosen = area.value.slice(start, area.selectionEnd) || word;
    insert(area, before + chosen + after);
    area.setSelectionRange(start + before.length, start + before.length + chosen.length);
  };
  const endOfLine = (area) => {
    const stop = area.value.indexOf("\n", area.selectionEnd);
    return stop < 0 ? area.value.length : stop;
  };
  const markLines = (area, mark) => {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = endOfLine(area);
    const lines = area.value.slice(start, end).split("\n");
    const isMarked = lines.every((line) => line.startsWith(mark));
    const next = (line, index) => (isMarked ? line.slice(mark.length) : mark.replace("1", index + 1) + line);
    insert(area, lines.map(next).join("\n"), start, end);
  };
  const block = (area, text, at = endOfLine(area)) => {
    const before = area.value.slice(0, at).replace(/[ \t]+$/, "");
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const [there] = /^\n{0,2}/.exec(area.value.slice(at));
    insert(area, gap + text + "\n\n".slice(there.length), at, at);
  };
  const altOf = (button) => button.parentElement.querySelector("input:not([type=file])");
  const shownBy = (button) => { // what the picture shows; asks for it, and is "" where nothing is said
    const alt = altOf(button);
    const text = alt.value.trim().replace(/[[\]\\]/g, "\\$&");
    alt.setCustomValidity(text ? "" : words.alt);
    alt.reportValidity();
    alt.setCustomValidity("");
    return text;
  };
  const picture = (area, text, path) => { if (text) block(area, `![${text}](../media/${path})`); };
  const upload = async (area, button) => {
    const file = button.parentElement.querySelector("[type=file]");
    const note = button.parentElement.querySelector("[role=alert]");
    file.required = true; // at this moment only: the lesson can be saved without
    const isChosen = file.reportValidity();
    file.required = false;
    const text = isChosen && shownBy(button);
    if (!text) return;
    const body = new FormData();
    body.append("files", file.files[0]);
    body.append("csrf_token", area.form.elements.csrf_token.value);
    button.disabled = true;
    note.textContent = words.uploading;
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(button.dataset.upload, { method: "POST", body, headers });
      const made = await response.json();
      note.textContent = made.text || made.message || "";
      if (made.names && made.names.length) {
        picture(area, text, made.names[0]);
        file.value = altOf(button).value = "";
      }
    } catch {
      note.textContent = words.notUploaded;
    }
    button.disabled = false;
  };
  all("[data-toolbar]").forEach((toolbar) => {
    toolbar.hidden = false;
    const area = document.getElementById(toolbar.dataset.toolbar);
    toolbar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { around: marks, mark, block: text, word } = button.dataset;
      if (marks) around(area, marks, word || "");
      else if (mark) markLines(area, mark);
      else if (text) block(area, text);
      else if (button.dataset.picture) picture(area, shownBy(button), button.dataset.picture);
      else if (button.dataset.upload) upload(area, button);
    });
    area.addEventListener("keydown", (event) => {
      const button = (event.ctrlKey || event.metaKey) && toolbar.querySelector(`[data-key="${event.key}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  });

  const isBlock = /^(#|- |\d+\. |\||> |!!! )|\n/;
  const put = (area, text) => {
    if (!isBlock.test(text)) return insert(area, text);
    if (area.selectionStart < area.selectionEnd) insert(area, "");
    block(area, text, area.selectionEnd);
  };
  const offer = (area, event, { files }) => {
    const file = document.querySelector(`[data-toolbar="${area.id}"] [type=file]`);
    if (!file || !files.length) return false;
    event.preventDefault();
    file.closest("details").open = true;
    file.files = files;
    altOf(file).focus();
    return true;
  };
  all("textarea[data-paste]").forEach((area) => area.addEventListener("drop", (event) => {
    offer(area, event, event.dataTransfer);
  }));
  all("textarea[data-paste]").forEach((area) => area.addEventListener("paste", async (event) => {
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    if ((!plain && offer(area, event, event.clipboardData)) || !html) return;
    event.preventDefault();
    const note = document.getElementById(`${area.id}-pasted`);
    const headers = {
      Accept: "application/json", "Content-Type": "text/html; charset=utf-8",
      "X-CSRFToken": area.form.elements.csrf_token.value,
    };
    let text = plain;
    let notes = [];
    try {
      const response = await fetch(area.dataset.paste, { method: "POST", body: html, headers });
      const made = await response.json();
      text = made.markdown || plain;
      notes = made.left_out || [];
    } catch { /* no line: the words themselves are there */ }
    if (text) put(area, text);
    if (note) note.textContent = notes.join(" ");
  }));

  const goTo = (area, line) => {
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.blur(); // focus brings the chosen line into sight, but only when it comes anew
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    const area = link && document.getElementById(link.hash.slice(1));
    if (!area) return;
    event.preventDefault();
    goTo(area, Number(link.dataset.line));
  });
  all("textarea[data-at]").forEach((area) => goTo(area, Number(area.dataset.at)));
})();
