// The desk in the browser: an anywidget module. Python holds the codings and decides; this file shows them and asks.
// Positions are Unicode code points, half-open, wherever they leave this file; inside, the DOM counts UTF-16 units.

const LATE = 3000; // milliseconds without an answer after which the kernel is said to be silent
const PORTION = 150; // sentences painted before the browser may do something else
const TYPING = 2000; // milliseconds between two letters of somebody who types
const COLOURS = 8; // desk.css mixes them as --c0 to --c7, after Okabe and Ito
const STRIPES = [
  (c) => `linear-gradient(${c}, ${c})`,
  (c) => `repeating-linear-gradient(90deg, ${c} 0 9px, transparent 9px 13px)`,
  (c) => `repeating-linear-gradient(90deg, ${c} 0 3px, transparent 3px 6px)`,
  (c) => `repeating-linear-gradient(90deg, ${c} 0 9px, transparent 9px 11px, ${c} 11px 14px, transparent 14px 16px)`,
];

// What can be done, by which keys, and the word for it: the keyboard, the buttons and the help all read this one table.
// An action with a sign has a button that shows the sign alone, the word being its name; so has one with a brief word.
const ACTIONS = {
  down: { keys: ["ArrowDown"], say: "next_sentence", run: (d) => d.step(1) },
  up: { keys: ["ArrowUp"], say: "previous_sentence", run: (d) => d.step(-1) },
  extend_down: { keys: ["Shift+ArrowDown"], say: "extend_down", run: (d) => d.step(1, true) },
  extend_up: { keys: ["Shift+ArrowUp"], say: "extend_up", run: (d) => d.step(-1, true) },
  word_right: { keys: ["Shift+ArrowRight"], say: "word_right", run: (d) => d.selectWord(1) },
  word_left: { keys: ["Shift+ArrowLeft"], say: "word_left", run: (d) => d.selectWord(-1) },
  clear: { keys: ["Escape"], say: "clear", run: (d) => d.clear() },
  pick: { keys: ["/"], say: "pick_code", sign: "/", run: (d) => d.openPicker() },
  recent: { keys: ["R"], say: "recent_codes", sign: "R", run: (d) => d.showRecent() },
  memo: { keys: ["M"], say: "write_memo", run: (d) => d.openMemo() },
  cycle: { keys: ["O"], say: "cycle", run: (d) => d.cycle() },
  remove: { keys: ["Delete"], say: "remove", run: (d) => d.remove() },
  undo: { keys: ["Ctrl+Z"], say: "undo", sign: "↶", run: (d) => d.goBack("undo") },
  redo: { keys: ["Ctrl+Shift+Z", "Ctrl+Y"], say: "redo", sign: "↷", run: (d) => d.goBack("redo") },
  start_left: { keys: ["["], say: "start_left", sign: "⇤[", run: (d) => d.moveEdge("start", -1) },
  start_right: { keys: ["{"], say: "start_right", sign: "[⇥", run: (d) => d.moveEdge("start", 1) },
  end_left: { keys: ["}"], say: "end_left", sign: "⇤]", run: (d) => d.moveEdge("end", -1) },
  end_right: { keys: ["]"], say: "end_right", sign: "]⇥", run: (d) => d.moveEdge("end", 1) },
  vivo: { keys: ["V"], say: "vivo", run: (d) => d.openVivo() },
  next: { keys: ["N"], say: "next_uncoded", brief: "next_brief", run: (d) => d.next() },
  read: { keys: ["Enter", "L"], say: "mark_read", brief: "read_brief", run: (d) => d.markRead() },
  accept: { keys: ["A"], say: "accept", run: (d) => d.judge("accept") },
  reject: { keys: ["X"], say: "reject", run: (d) => d.judge("reject") },
  reject_why: { keys: ["Shift+X"], say: "reject_why", run: (d) => d.openReason() },
  ghosts: { keys: ["G"], say: "toggle_ghosts", run: (d) => d.toggle("ghosts") },
  others: { keys: ["H"], say: "toggle_others", run: (d) => d.toggle("others") },
  facet_next: { keys: ["ArrowRight"], say: "next_facet", run: (d) => d.stepFacet(1) },
  facet_previous: { keys: ["ArrowLeft"], say: "previous_facet", run: (d) => d.stepFacet(-1) },
  entry: { keys: ["E"], say: "show_entry", run: (d) => d.toggle("entry") },
  solo: { keys: ["S"], say: "solo", run: (d) => d.toggleSolo(d.codeInFocus()) },
  pin: { keys: ["P"], say: "pin", run: (d) => d.togglePin(d.codeInFocus()) },
  find: { keys: ["F"], say: "find", run: (d) => d.openFind() },
  documents: { keys: ["D"], say: "documents", run: (d) => d.openDocuments() },
  document_next: { keys: [">"], say: "next_document", sign: "›", run: (d) => d.stepDocument(1) },
  document_previous: { keys: ["<"], say: "previous_document", sign: "‹", run: (d) => d.stepDocument(-1) },
  visit_next: { keys: ["."], say: "visit_next", sign: "›", run: (d) => d.visit(1) },
  visit_previous: { keys: [","], say: "visit_previous", sign: "‹", run: (d) => d.visit(-1) },
  settle: { keys: ["T"], say: "settle", run: (d) => d.toggle("settle") },
  refresh: { keys: ["U"], say: "refresh", sign: "⟳", run: (d) => d.ask("refresh") },
  help: { keys: ["?"], say: "help", sign: "?", run: (d) => d.openHelp() },
};
const MOVES = ["next", "open", "visit", "refresh"]; // they save nothing
const BY_KEY = new Map(Object.values(ACTIONS).flatMap((action) => action.keys.map((key) => [key, action])));
const KEY_SIGNS = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", Escape: "Esc" };
const keySign = (key) => key.replace(/Arrow\w+|Delete|Escape/, (name) => KEY_SIGNS[name]);

// An element with attributes, listeners (on…) and children. Strings become text nodes, so no text is ever read as HTML.
// JupyterLab looks for the attribute that keeps its shortcuts away on the focused element itself, so each one gets it.
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  if (/^(button|input|textarea|summary|dialog)$/.test(tag) || "tabindex" in attributes) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  if (tag === "button") node.type = "button";
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// A button that leaves the words marked in the text as they are.
function push(attributes, run, ...children) {
  return h("button", { ...attributes, onmousedown: (e) => e.preventDefault(), onclick: run }, ...children);
}

// Rows are kept by key: an update never destroys a row that stays, so neither focus, scroll nor typed words are lost.
function keyed(list, rows, key, make, update = () => {}) {
  const wanted = new Set(rows.map((row) => String(key(row))));
  const old = new Map();
  for (const node of [...list.children]) {
    if (wanted.has(node.dataset.key)) old.set(node.dataset.key, node);
    else node.remove();
  }
  let at = list.firstElementChild;
  for (const row of rows) {
    const name = String(key(row));
    const node = old.get(name) ?? make(row);
    node.dataset.key = name;
    update(node, row);
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
}

// The first of so many numbers for which a condition holds that, once it holds, holds for all that follow; else their count.
function firstOf(count, holds) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// A text by code points, with the way to and from the UTF-16 units of the browser.
class Text {
  constructor(text) {
    this.text = text;
    this.units = [0];
    for (const character of text) this.units.push(this.units.at(-1) + character.length);
    this.length = this.units.length - 1;
  }
  slice(start, end) {
    return this.text.slice(this.units[start], this.units[end]);
  }
  point(unit) {
    return firstOf(this.length, (i) => this.units[i] >= unit);
  }
  // The span grown to whole characters as a reader sees them (an emoji family is one), without white space around it.
  snap(start, end) {
    let [from, to] = [this.units[start], this.units[end]];
    const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    const near = Math.max(0, this.text.lastIndexOf(" ", from - 1));
    const far = this.text.indexOf(" ", to);
    const window = this.text.slice(near, far < 0 ? undefined : far);
    for (const { segment, index } of graphemes.segment(window)) {
      const [left, right] = [near + index, near + index + segment.length];
      if (left < from && from < right) from = left;
      if (left < to && to < right) to = right;
    }
    while (from < to && /\s/u.test(this.text[from])) from += 1;
    while (to > from && /\s/u.test(this.text[to - 1])) to -= 1;
    return from < to ? [this.point(from), this.point(to)] : null;
  }
  // The nearest edge of a word before or after a position; `side` says which edge of the word is meant.
  edge(position, direction, side) {
    const unit = this.units[position];
    const [near, far] = direction > 0 ? [unit, unit + 300] : [Math.max(0, unit - 300), unit];
    const edges = [];
    for (const word of new Intl.Segmenter(undefined, { granularity: "word" }).segment(this.text.slice(near, far))) {
      if (word.isWordLike) edges.push(near + word.index + (side === "end" ? word.segment.length : 0));
    }
    const found = direction > 0 ? edges.find((edge) => edge > unit) : edges.reverse().find((edge) => edge < unit);
    return found === undefined ? position : this.point(found);
  }
}

class Desk {
  constructor(model, el) {
    Object.assign(this, { model, el, waiting: new Map(), alerts: [], pins: [], recents: [], tint: new Map() });
    Object.assign(this, { cursor: 0, anchor: null, selection: null, focus: null, facet: null, solo: null, look: null });
    Object.assign(this, { hits: [], hit: 0, filter: "", recent: false, memoOf: null, nonce: 0, looked: 0, typedAt: 0 });
    this.shown = { ghosts: true, others: true, hint: true, entry: false, settle: false };
    this.left = new AbortController();
  }

  // ---- what Python says
  get = (name) => this.model.get(name);
  t = (key, values = {}) => (this.get("words")[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  codes() {
    return this.get("codebook").facets.flatMap((facet) => facet.codes.map((code) => ({ ...code, facet })));
  }
  code(id) {
    return this.known.get(id) ?? { id, label: id, definition: "", family: "", facet: null };
  }
  active() {
    return this.root.getRootNode().activeElement;
  }
  sentence() {
    return this.sentences[this.cursor];
  }

  // ---- asking Python: nothing counts as saved before its answer
  ask(op, fields = {}) {
    const nonce = `${(this.nonce += 1)}-${Math.random().toString(36).slice(2)}`;
    const wait = { op, since: Date.now() };
    wait.answer = new Promise((resolve) => Object.assign(wait, { resolve }));
    this.waiting.set(nonce, wait);
    this.send({ op, nonce, document: this.get("page").document, ...fields });
    setTimeout(() => this.showStatus(), LATE + 20);
    this.showStatus();
    return wait.answer;
  }
  // A kernel that was started anew knows no desk: sending fails at once, or the way to it is known to be cut.
  async send(message) {
    try {
      if (this.isCut()) throw new Error("cut");
      await this.model.send(message);
    } catch {
      this.unsent = true;
      this.answered({ kind: "ack", nonce: message.nonce, ok: false, text: this.t("lost") });
    }
  }
  isCut() {
    return this.el.closest(".jupyter-widgets-disconnected") !== null;
  }
  answered(message) {
    if (message.kind !== "ack" || !this.waiting.has(message.nonce)) return;
    const { resolve, op, since } = this.waiting.get(message.nonce);
    resolve(message);
    this.waiting.delete(message.nonce);
    if (message.ok) this.say(message.text);
    else if (!message.ask) this.alert(message.text);
    if (message.ok) this.unsent = false;
    if (message.ok && !MOVES.includes(op)) { // a refusal is true no longer once what was asked for after it is saved
      this.alerts = this.alerts.filter((alert) => alert.since >= since);
      this.showAlerts();
    }
    this.showStatus();
  }
  say(text) {
    this.live.textContent = text === this.live.textContent ? `${text}\u00a0` : text; // said again, it is heard again
  }
  // Said to the eye as well: beside the cursor, until the next key or click.
  tell(text) {
    this.told.textContent = text;
    const [body, pane] = [this.told.parentNode.getBoundingClientRect(), this.pane.getBoundingClientRect()];
    const below = [...(this.sentence()?.node.getClientRects() ?? [])].at(-1)?.bottom ?? pane.top;
    const last = pane.bottom - this.told.offsetHeight - 8;
    this.told.style.top = `${Math.max(pane.top + 4, Math.min(below + 6, last)) - body.top}px`;
  }
  // Who typed a memo where none can be must not set off what the letters are keys for.
  refuse(text) {
    this.tell(text);
    this.typedAt = Date.now();
  }
  isTyped(e) {
    const typing = Date.now() - this.typedAt < TYPING && (e.key.length === 1 || /^(Enter|Backspace|Delete)$/.test(e.key));
    this.typedAt = typing ? Date.now() : 0;
    return typing;
  }
  alert(text) {
    this.alerts = [...this.alerts.filter((alert) => alert.text !== text), { text, number: (this.nonce += 1), since: Date.now() }];
    this.showAlerts();
  }

  // What came or went by it, or is another now, says what was undone, and where. A hand may be faster than the kernel: what was
  // there before is known once all that was asked earlier is answered.
  async goBack(op) {
    const earlier = [...this.waiting.values()];
    const saving = earlier.some((wait) => !MOVES.includes(wait.op));
    if (!this.get("steps")[op] && !saving) return this.tell(this.t(op === "undo" ? "nothing_to_undo" : "nothing_to_redo"));
    const asked = this.ask(op);
    await Promise.all(earlier.map((wait) => wait.answer));
    const [before, document, looked] = [this.everything(), this.get("page").document, this.looked];
    const answer = await asked;
    if (!answer.ok) return;
    const after = this.everything();
    const changed = document === this.get("page").document && [...before, ...after].find(([key]) => before.has(key) !== after.has(key));
    if (!changed) return this.tell(answer.text);
    const [, { what, start }] = changed;
    const index = this.sentenceAt(start);
    if (this.get("look").n === looked) this.moveTo(index);
    this.paint();
    this.tell(this.t(op === "undo" ? "undone" : "redone", { what, n: this.sentences[index].segment }));
  }
  everything() {
    const all = new Map();
    for (const [trait, heard] of [["codings", "heard_code"], ["ghosts", "heard_ghost"]]) {
      for (const mark of this.get(trait)) {
        const key = [trait, mark.code, mark.start, mark.end, mark.memo].join("\t");
        all.set(key, { what: this.t(heard, { code: this.code(mark.code).label }), start: mark.start });
      }
    }
    for (const { segment, start } of this.sentences) {
      if (this.get("read").includes(segment)) all.set(`read\t${segment}`, { what: this.t("read_mark"), start });
    }
    return all;
  }
  async next() {
    const answer = await this.ask("next", { after: this.sentence()?.segment ?? 0 });
    if (answer.ok && answer.text) this.tell(answer.text); // there is none
  }

  // ---- the frame
  build() {
    const t = this.t;
    const buttons = (...names) => names.map((name) => this.button(name));
    const group = (say, kind, ...children) => h("div", { class: kind, role: "group", "aria-label": t(say) }, ...children);
    this.live = h("p", { class: "qk-hidden qk-live", role: "status", "aria-live": "polite" });
    this.status = h("p", { class: "qk-status" });
    this.title = h("span", { class: "qk-title" });
    this.progress = h("progress", { "aria-label": t("progress") });
    this.count = h("span", { class: "qk-count" });
    this.banner = h("p", { class: "qk-banner", role: "note", hidden: true });
    this.alertList = h("div", { class: "qk-alerts" });
    this.noticeList = h("ul");
    this.notices = h("details", { class: "qk-notices" }, h("summary", {}, ""), this.noticeList);
    this.visitText = h("span");
    this.visitBar = h("div", { class: "qk-strip qk-visit" }, ...buttons("visit_previous"), this.visitText, ...buttons("visit_next"));
    this.recentBar = group("recent_codes", "qk-strip qk-recent");
    this.soloText = h("span");
    const end = push({}, () => this.toggleSolo(this.solo), t("show_all"));
    this.soloBar = h("div", { class: "qk-strip qk-solo", hidden: true }, this.soloText, end);
    this.settleList = h("div", { class: "qk-settle", role: "region", tabindex: "0", "aria-label": t("settle"), hidden: true });
    this.told = h("p", { class: "qk-told", role: "status" });
    this.hint = h("p", { class: "qk-hint", role: "note" }, h("span", {}, t("hint")),
      push({ "aria-label": t("dismiss") }, () => (this.toggle("hint"), this.focusText()), "✕"));
    this.pane = h("div", { class: "qk-text", role: "listbox", tabindex: "-1", "aria-multiselectable": "true", "aria-label": t("text") });
    this.facets = h("div", { class: "qk-facets", role: "tablist", "aria-label": t("facets") });
    this.filterInput = h("input", { type: "search", class: "qk-filter", placeholder: t("filter_codes"), "aria-label": t("filter_codes") });
    this.codeList = h("div", { class: "qk-codes", role: "tabpanel", tabindex: "-1", "aria-label": t("codes") });
    this.hereHead = h("p", { class: "qk-small" });
    this.hereList = h("div", { class: "qk-here-list" });
    const edges = ["start_left", "start_right", "end_left", "end_right"];
    this.tools = group("coding_tools", "qk-tools", ...buttons("memo", "cycle", "remove", ...edges, "entry", "solo", "pin"));
    this.ghostTools = group("ghost_tools", "qk-tools", ...buttons("accept", "reject", "reject_why"));
    this.entryBox = h("section", { class: "qk-entry", "aria-label": t("entry"), tabindex: "0", hidden: true });
    this.list = h("div", { class: "qk-list-rows", role: "list", tabindex: "0", "aria-label": t("list") });
    this.listHead = h("summary", {}, "");
    this.buildMemo();
    this.buildFind();
    const where = [...buttons("document_previous"), this.button("documents", this.title), ...buttons("document_next")];
    const bar = ["undo", "redo", "next", "read", "vivo", "find", "ghosts", "others", "settle", "refresh", "help"];
    this.root = h("section", { class: "qk-desk", "aria-label": t("desk"), lang: this.get("desk").language },
      h("header", { class: "qk-head" },
        h("div", { class: "qk-where" }, ...where, this.progress, this.count, this.status),
        group("tools", "qk-bar", ...buttons(...bar))),
      this.banner, this.alertList, this.notices, this.visitBar, this.soloBar, this.recentBar, this.findBar, this.settleList,
      h("div", { class: "qk-body" }, this.pane,
        h("div", { class: "qk-side" }, this.hint,
          this.facets, h("div", { class: "qk-search" }, this.filterInput, ...buttons("pick", "recent")), this.codeList, this.entryBox,
          // below the codes and of one height, so that no code moves from under the mouse
          h("section", { class: "qk-here", "aria-label": t("here") },
            this.hereHead, this.memoBox, this.hereList, this.tools, this.ghostTools)),
        this.told),
      h("details", { class: "qk-list" }, this.listHead, this.list), this.live);
    this.el.append(this.root);
  }
  // A button for an action: its sign, or its word with the key beside it, or what else stands in it.
  button(name, inside) {
    const { keys, say, brief, sign, run } = ACTIONS[name];
    const word = this.t(say);
    const title = `${word} (${keys.map(keySign).join(", ")})`;
    const attributes = { "data-action": name, title, "aria-label": (sign || brief) && word, "aria-keyshortcuts": keys[0].replace("Ctrl", "Control") };
    const shown = [h("span", { class: "qk-word" }, brief ? this.t(brief) : word), h("kbd", { "aria-hidden": "true" }, keySign(keys[0]))];
    return push(attributes, () => run(this), ...(sign || inside ? [sign ?? inside] : shown));
  }
  inBar(name) {
    return this.root.querySelector(`.qk-bar [data-action="${name}"]`);
  }

  // ---- the text: built once a document; afterwards only sentences whose marks changed are painted again
  buildPage() {
    const page = this.get("page");
    this.text = new Text(page.text);
    this.pane.lang = page.language ?? ""; // unknown: not that of the desk around it
    this.cursor = Math.max(0, page.sentences.findIndex(([, , , label]) => label === "content"));
    Object.assign(this, { anchor: null, selection: null, focus: null, look: null, hits: [] });
    this.begun = this.get("codings").length > 0; // who has not gets a hint, which does not go while the mouse is at the codes
    this.sentences = page.sentences.map(([segment, start, end, label, rule]) => ({ segment, start, end, label, rule, signature: null }));
    const wrapped = this.sentences.some((s) => s.label === "content" && this.text.slice(s.start, s.end).includes("\n"));
    const all = document.createDocumentFragment();
    this.inside = new Map(); // the sentences of a paragraph
    const assigned = new Set(page.assigned ?? []);
    let [paragraph, at] = [null, 0];
    this.sentences.forEach((sentence, index) => {
      const gap = this.text.slice(at, sentence.start);
      const before = this.sentences[index - 1];
      if (paragraph && gap) paragraph.append(this.leaf(at, sentence.start));
      // a line end parts paragraphs, except in texts whose lines end inside the sentences
      const apart = /\n\s*\n/.test(gap) || (gap.includes("\n") && (!wrapped || sentence.label !== "content" || before?.label !== "content"));
      if (!paragraph || apart) {
        paragraph = h("div", { class: "qk-paragraph", role: "group", "aria-label": this.t("paragraph", { n: this.inside.size + 1 }) });
        this.inside.set(paragraph, []);
        all.append(paragraph);
      }
      sentence.paragraph = paragraph;
      this.inside.get(paragraph).push(sentence);
      const number = { "data-segment": sentence.segment, "data-index": index };
      const kinds = `qk-sentence qk-${sentence.label}${assigned.has(sentence.segment) ? " qk-assigned" : ""}`;
      sentence.node = h("span", { class: kinds, role: "option", tabindex: "-1", "aria-selected": "false", ...number });
      paragraph.append(sentence.node);
      at = sentence.end;
    });
    this.pane.replaceChildren(all);
    this.pane.scrollTop = 0;
  }
  leaf(start, end) {
    const node = h("span", { "data-at": this.text.units[start] });
    node.textContent = this.text.slice(start, end);
    return node;
  }
  // What is to be seen in the text, each with its span: codings with the lane of their stripe, ghosts, places found.
  marks() {
    const shown = (id) => (!this.solo || this.solo === id) && (this.shown.others || !this.code(id).facet || this.code(id).facet.id === this.facet);
    const marks = [];
    const lanes = [];
    for (const coding of [...this.get("codings")].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (!shown(coding.code)) continue;
      const striped = coding.vivo || this.code(coding.code).facet?.id === this.facet || coding.id === this.focus;
      let lane = -1;
      if (striped) {
        lane = lanes.findIndex((end) => end <= coding.start);
        if (lane < 0) lane = lanes.length;
        lanes[lane] = coding.end;
      }
      marks.push({ ...coding, kind: "coding", lane, focused: coding.id === this.focus });
    }
    for (const ghost of this.shown.ghosts ? this.get("ghosts") : []) {
      if (shown(ghost.code)) marks.push({ ...ghost, kind: "ghost", lane: -1, focused: ghost.id === this.focus });
    }
    this.hits.forEach(([start, end], index) => marks.push({ kind: index === this.hit ? "hit-now" : "hit", start, end, lane: -1 }));
    if (this.look) marks.push({ kind: "look", start: this.look[0], end: this.look[1], lane: -1 });
    return marks;
  }
  paint() {
    const read = new Set(this.get("read"));
    const on = this.sentences.map(() => []);
    for (const mark of this.marks()) {
      for (let i = this.sentenceAt(mark.start); i < this.sentences.length && this.sentences[i].start < mark.end; i += 1) on[i].push(mark);
    }
    const news = [];
    this.sentences.forEach((sentence, i) => {
      const isRead = read.has(sentence.segment);
      const signature = isRead + on[i].map((m) => [m.kind, m.id, m.start, m.end, m.lane, m.code, m.memo, m.anchor, m.focused].join("\t")).join("\n");
      if (signature !== sentence.signature) news.push({ sentence, i, isRead, signature });
    });
    // of very many, those around the cursor are painted now and the others right after; what was never painted is, at once
    news.sort((a, b) => Math.abs(a.i - this.cursor) - Math.abs(b.i - this.cursor));
    const now = news.filter((one, n) => n < PORTION || one.sentence.signature === null);
    const [from, to] = this.selection ?? [0, 0];
    const marked = this.markedWords();
    const lost = marked && now.some(({ sentence }) => sentence.start < to && sentence.end > from);
    const { anchorNode, anchorOffset } = this.domSelection() ?? {};
    const backward = lost && (marked.startContainer !== anchorNode || marked.startOffset !== anchorOffset);
    for (const { sentence, i, isRead, signature } of now) {
      sentence.signature = signature;
      sentence.lanes = Math.max(0, ...on[i].map((m) => m.lane + 1));
      this.paintSentence(sentence, on[i], isRead);
    }
    this.placeLabels(new Set(now.map(({ sentence }) => sentence.paragraph)));
    if (lost) this.select(from, to, backward); // painting a sentence anew took the marked words from under the selection
    clearTimeout(this.later);
    if (now.length < news.length) this.later = setTimeout(() => this.paint(), 20);
  }
  paintSentence(sentence, marks, isRead) {
    const { start, end, node } = sentence;
    const cuts = [...new Set([start, end, ...marks.flatMap((m) => [m.start, m.end])])].filter((c) => c >= start && c <= end).sort((a, b) => a - b);
    const parts = [];
    const rule = sentence.rule ? ` (${sentence.rule})` : "";
    const kind = sentence.label === "content" ? "" : this.t(sentence.label === "heading" ? "heading" : "boilerplate") + rule;
    if (kind) parts.push(this.hidden(`${kind}: `));
    cuts.slice(0, -1).forEach((from, i) => {
      const to = cuts[i + 1];
      const starting = marks.filter((m) => m.code && m.start === from);
      if (starting.length) parts.push(h("span", { class: "qk-labels", "aria-hidden": "true" }, ...starting.map((m) => this.label(m))));
      parts.push(this.piece(from, to, marks.filter((m) => m.start <= from && m.end >= to)));
    });
    if (isRead) parts.push(h("span", { class: "qk-labels", "aria-hidden": "true" }, h("span", { class: "qk-read" }, `✓ ${this.t("read_mark")}`)));
    const heard = marks.filter((m) => m.code).map((m) => {
      const code = this.t(m.kind === "ghost" ? "heard_ghost" : "heard_code", { code: this.code(m.code).label });
      return m.memo ? `${code}, ${this.t("heard_memo", { memo: m.memo })}` : code;
    });
    if (isRead) heard.push(this.t("read_mark"));
    if (node.classList.contains("qk-assigned")) heard.push(this.t("assigned_mark"));
    if (heard.length) parts.push(this.hidden(` — ${heard.join("; ")}`));
    node.title = kind;
    node.replaceChildren(...parts);
  }
  hidden(text) {
    return h("span", { class: "qk-hidden" }, text);
  }
  piece(from, to, marks) {
    const node = this.leaf(from, to);
    node.className = marks.map((m) => `qk-on-${m.kind}${m.focused ? " qk-focused" : ""}`).join(" ");
    const striped = marks.filter((m) => m.lane >= 0);
    if (striped.length) {
      node.style.backgroundImage = striped.map((m) => STRIPES[this.tintOf(m.code).stripe](`var(--c${this.tintOf(m.code).colour})`)).join(",");
      node.style.backgroundPosition = striped.map((m) => `0 calc(100% - var(--under) + ${m.lane * 5 + 4}px)`).join(",");
    }
    const said = marks.filter((m) => m.code).map((m) => this.hover(m));
    if (said.length) node.title = said.join("\n");
    return node;
  }
  hover(mark) {
    const { id, label } = this.code(mark.code);
    const code = label === id ? id : `${id} · ${label}`;
    const moved = mark.anchor === "moved" && this.t("anchor_moved");
    return [mark.kind === "ghost" ? `${this.t("ghost")}: ${code}` : code, moved, this.remarks(mark)].filter(Boolean).join(" — ");
  }
  // What is to be known of a coding or suggestion beside its code.
  remarks(mark) {
    const doubt = this.isUnsure(mark) && `⚠ ${this.t(`anchor_${mark.anchor}`)}`;
    return [doubt, mark.memo && `✎ ${mark.memo}`, mark.matched && this.t("matched", { words: mark.matched })].filter(Boolean).join(" · ");
  }
  isUnsure(mark) {
    return Boolean(mark.anchor) && !["exact", "sentence", "moved"].includes(mark.anchor);
  }
  label(mark) {
    const { label } = this.code(mark.code);
    const kinds = ["qk-label", `qk-is-${mark.kind}`, mark.lane < 0 && mark.kind === "coding" && "qk-quiet", mark.focused && "qk-focused"];
    const sign = mark.kind === "ghost" ? "? " : this.isUnsure(mark) ? "⚠ " : "";
    const node = h("span", { class: kinds.filter(Boolean).join(" "), "data-id": mark.id, "data-code": mark.code, title: this.hover(mark) },
      `${sign}${mark.vivo ? `“${label}”` : label}${mark.memo ? " ✎" : ""}`);
    node.style.setProperty("--stripe", this.upright(mark.code));
    return node;
  }
  upright(code) {
    const { colour, stripe } = this.tintOf(code);
    return STRIPES[stripe](`var(--c${colour})`).replace("90deg", "180deg");
  }
  // Colour by family (or by code where there are none), pattern by place in the family.
  tintOf(id) {
    return this.tint.get(id) ?? { colour: 7, stripe: 2 };
  }
  paintTints() {
    this.known = new Map(this.codes().map((code) => [code.id, code]));
    for (const facet of this.get("codebook").facets) {
      const families = [...new Set(facet.codes.map((code) => code.family))];
      const seen = new Map();
      facet.codes.forEach((code, index) => {
        const place = seen.get(code.family) ?? 0;
        seen.set(code.family, place + 1);
        const [colour, stripe] = families.length > 1 ? [families.indexOf(code.family), place] : [index, Math.floor(index / COLOURS)];
        this.tint.set(code.id, { colour: colour % COLOURS, stripe: stripe % STRIPES.length });
      });
    }
  }
  // Labels stand in the margin at the line where their coding starts; where two would touch, the lower one gives way.
  placeLabels(paragraphs) {
    const groups = [];
    for (const paragraph of paragraphs) {
      paragraph.style.setProperty("--lanes", Math.max(0, ...this.inside.get(paragraph).map((sentence) => sentence.lanes ?? 0)));
      const labels = [...paragraph.querySelectorAll(".qk-labels")];
      labels.forEach((label) => (label.style.marginTop = ""));
      paragraph.style.minHeight = "";
      groups.push([paragraph, labels]);
    }
    const margin = this.pane.clientWidth > 0 && getComputedStyle(this.pane).getPropertyValue("--margin").trim() === "yes";
    if (!margin) return;
    const measured = groups.map(([paragraph, labels]) => [paragraph, labels.map((label) => [label, label.offsetTop, label.offsetHeight])]);
    for (const [paragraph, labels] of measured) {
      let bottom = 0;
      for (const [label, top, height] of labels) {
        const down = Math.max(0, bottom - top);
        if (down) label.style.marginTop = `${down}px`;
        bottom = top + down + height + 2;
      }
      if (labels.length) paragraph.style.minHeight = `${bottom}px`;
    }
  }

  // ---- the cursor and the selection
  sentenceAt(position) {
    return firstOf(this.sentences.length - 1, (i) => this.sentences[i].end > position);
  }
  moveTo(index, { extend = false, focus = true } = {}) {
    if (!this.sentences.length) return;
    const to = Math.max(0, Math.min(this.sentences.length - 1, index));
    this.anchor = extend ? (this.anchor ?? this.cursor) : null;
    this.cursor = to;
    this.unselect();
    if (![...this.here(), ...this.here("ghosts")].some((mark) => mark.id === this.focus)) this.focus = null; // it was left behind
    this.showCursor();
    if (focus) this.focusText();
    this.showHere();
  }
  step(direction, extend = false) {
    this.look = null;
    this.moveTo(this.cursor + direction, { extend });
    this.paint();
  }
  showCursor() {
    const [from, to] = [Math.min(this.cursor, this.anchor ?? this.cursor), Math.max(this.cursor, this.anchor ?? this.cursor)];
    for (const node of this.pane.querySelectorAll('[aria-selected="true"], [tabindex="0"]')) {
      node.setAttribute("aria-selected", "false");
      node.tabIndex = -1;
    }
    for (let i = from; i <= to; i += 1) this.sentences[i].node.setAttribute("aria-selected", "true");
    this.sentence().node.tabIndex = 0;
  }
  focusText() {
    const node = this.sentence()?.node ?? this.root;
    node.focus({ preventScroll: true });
    this.scrollTo(node);
  }
  // Scrolls the text alone; the notebook around it stays where it is.
  scrollTo(node) {
    const [pane, box] = [this.pane.getBoundingClientRect(), node.getBoundingClientRect()];
    const room = Math.min(70, pane.height / 5);
    if (box.top < pane.top + room) this.pane.scrollTop += box.top - pane.top - room;
    else if (box.bottom > pane.bottom - room) this.pane.scrollTop += Math.min(box.bottom - pane.bottom + room, box.top - pane.top - room);
  }
  domSelection() {
    return this.root.getRootNode().getSelection?.() ?? document.getSelection();
  }
  unselect() {
    this.selection = null;
    const selection = this.domSelection();
    if (selection?.rangeCount && this.pane.contains(selection.anchorNode)) selection.removeAllRanges();
  }
  // A point of the DOM as a UTF-16 unit of the text; labels and hidden words are no text, so they count as what follows them.
  unitAt(node, offset) {
    const leaf = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
    if (leaf?.dataset.at) return Number(leaf.dataset.at) + offset;
    const leaves = this.pane.querySelectorAll("[data-at]");
    const point = document.createRange();
    point.setStart(node, offset);
    const next = leaves[firstOf(leaves.length, (i) => point.comparePoint(leaves[i], 0) >= 0)];
    return next ? Number(next.dataset.at) : this.text.text.length;
  }
  markedWords() {
    const selection = this.domSelection();
    const inside = selection?.rangeCount && this.pane.contains(selection.anchorNode) && this.pane.contains(selection.focusNode);
    return inside ? selection.getRangeAt(0) : null;
  }
  readSelection() {
    const range = this.markedWords();
    if (!range) return;
    if (range.collapsed) this.selection = null;
    else {
      const [start, end] = [this.unitAt(range.startContainer, range.startOffset), this.unitAt(range.endContainer, range.endOffset)];
      this.selection = this.text.snap(this.text.point(start), this.text.point(end));
    }
    this.showHere();
  }
  select(start, end, backward = false) {
    const place = (position, last) => {
      const unit = this.text.units[position];
      const leaves = [...this.sentences[this.sentenceAt(last ? position - 1 : position)].node.querySelectorAll("[data-at]")];
      const leaf = leaves.findLast((node) => Number(node.dataset.at) < unit + (last ? 0 : 1)) ?? leaves[0];
      return [leaf.firstChild, Math.min(unit - Number(leaf.dataset.at), leaf.textContent.length)];
    };
    const ends = [place(start, false), place(end, true)];
    if (backward) ends.reverse(); // a hand that drags to the left goes on from there
    this.domSelection().setBaseAndExtent(...ends.flat());
    this.selection = [start, end];
    this.showHere();
  }
  // Between two places of the mouse: where the browser made nothing of a drag (it may not, beside a label).
  selectBetween(...places) {
    const carets = places.map(({ clientX, clientY }) => document.caretPositionFromPoint?.(clientX, clientY));
    if (!carets.every((caret) => this.pane.contains(caret?.offsetNode))) return;
    const units = carets.map((caret) => this.unitAt(caret.offsetNode, caret.offset)).sort((a, b) => a - b);
    const span = this.text.snap(...units.map((unit) => this.text.point(unit)));
    if (span) this.select(...span);
  }
  selectWord(direction) {
    const sentence = this.sentence();
    if (!sentence) return;
    const [start, end] = this.selection ?? [sentence.start, sentence.start];
    const to = this.text.edge(end, direction, "end");
    if (to > start) this.select(start, to);
  }
  // What an action is about: the words selected, else the sentences under the cursor.
  target() {
    if (this.selection) return this.selection;
    const spans = [this.sentences[this.cursor], this.sentences[this.anchor ?? this.cursor]].filter(Boolean);
    return spans.length ? [Math.min(...spans.map((s) => s.start)), Math.max(...spans.map((s) => s.end))] : null;
  }
  quoted() {
    const target = this.target();
    return target && { start: target[0], end: target[1], quote: this.text.slice(...target) };
  }
  clear() {
    Object.assign(this, { anchor: null, look: null, hits: [], solo: null, recent: false });
    this.unselect();
    this.findBar.hidden = true;
    this.showAll();
    this.focusText();
  }

  // ---- the codings under the cursor
  here(what = "codings") {
    const [start, end] = this.target() ?? [0, 0];
    const first = (mark) => (this.code(mark.code).facet?.id === this.facet ? 0 : 1);
    return this.get(what).filter((m) => m.start < end && m.end > start).sort((a, b) => first(a) - first(b) || a.start - b.start || a.end - b.end);
  }
  coding(what = "codings") {
    const here = this.here(what);
    return here.find((mark) => mark.id === this.focus) ?? here[0];
  }
  focusOn(id) {
    this.focus = id;
    this.paint();
    this.showHere();
  }
  codeInFocus() {
    const row = this.active()?.closest?.(".qk-code");
    return row?.dataset.key ?? this.coding()?.code;
  }
  cycle() {
    const here = this.here();
    if (!here.length) return this.tell(this.t("nothing_here"));
    const next = here[(here.indexOf(this.coding()) + (this.focus ? 1 : 0)) % here.length];
    this.focusOn(next.id);
    this.say(this.hover(next));
  }
  async apply(code, where = this.quoted()) {
    if (!where) return;
    const [at, cursor] = [this.sentence().segment, this.cursor];
    this.recents = [code, ...this.recents.filter((other) => other !== code)].slice(0, 9);
    this.recent = false;
    this.showRecents();
    const answer = await this.ask("apply", { ...where, code });
    if (answer.ask === "replace") return this.askReplace(answer.text, code, where, () => this.apply(code, { ...where, replace: true }));
    if (!answer.ok) return;
    // the words stay marked for the next code; whoever has gone on meanwhile keeps the place reached
    const made = this.get("codings").find((c) => c.code === code && c.start === where.start && c.end === where.end);
    if (this.cursor === cursor) this.focusOn(made?.id ?? this.focus);
    this.showCodes(); // the recent ones moved
    this.say(this.t("heard_applied", { code: this.code(code).label, n: at }));
  }
  async remove() {
    const coding = this.coding();
    if (!coding) return this.tell(this.t("nothing_here"));
    const answer = await this.ask("remove", { id: coding.id });
    if (answer.ok) this.say(this.t("heard_removed", { code: this.code(coding.code).label }));
  }
  async moveEdge(edge, direction) {
    const now = this.coding();
    const [from, to] = this.selection ?? [];
    const coding = !this.selection || (now?.id === this.focus && now.start === from && now.end === to) ? now : null; // those just coded
    const [start, end] = coding ? [coding.start, coding.end] : (this.target() ?? [0, 0]);
    const moved = { start, end, [edge]: this.text.edge(edge === "start" ? start : end, direction, edge) };
    if (moved.start >= moved.end) return;
    if (!coding) return this.select(moved.start, moved.end);
    this.focus = coding.id;
    const answer = await this.ask("move", { id: coding.id, ...moved, quote: this.text.slice(moved.start, moved.end) });
    if (answer.ok && String(this.selection) === String([from, to])) this.select(moved.start, moved.end);
  }
  async markRead() {
    const sentence = this.sentence();
    const asked = [...this.waiting.values()].some(({ op }) => op === "mark_read" || op === "next");
    if (!sentence || asked) return; // a key held down goes no further than what was answered
    const value = !this.get("read").includes(sentence.segment);
    const answer = await this.ask("mark_read", { segment: sentence.segment, value });
    if (answer.ok && value && this.sentence() === sentence) await this.next();
  }
  async judge(op) {
    const ghost = this.coding("ghosts");
    if (!ghost) return this.tell(this.t("no_ghost_here"));
    const answer = await this.ask(op, op === "reject" ? { id: ghost.id, why: "" } : { id: ghost.id });
    if (answer.ask === "replace") this.askReplace(answer.text, ghost.code, ghost, () => this.ask(op, { id: ghost.id, replace: true }));
  }
  showHere() {
    const sentence = this.sentence();
    const now = this.coding();
    const other = this.sentences[this.anchor ?? this.cursor];
    if (this.selection) this.hereHead.textContent = this.t("here_selection", { quote: this.short(this.text.slice(...this.selection), 60) });
    else if (sentence) {
      const numbers = { n: sentence.segment, m: other.segment, of: this.sentences.length };
      this.hereHead.textContent = this.t(other === sentence ? "here_sentence" : "here_sentences", numbers);
    }
    const ghosts = this.shown.ghosts ? this.here("ghosts") : [];
    keyed(this.hereList, [...this.here(), ...ghosts.map((ghost) => ({ ...ghost, ghost: true }))], (m) => m.id,
      (m) => h("button", { class: "qk-here-row", onclick: () => this.focusOn(m.id) }, h("span", { class: "qk-swatch" }), h("span"), h("small")),
      (row, m) => {
        this.swatch(row.children[0], m.code);
        row.children[1].textContent = `${m.ghost ? `? ${this.t("ghost")}: ` : ""}${this.code(m.code).label}`;
        row.children[2].textContent = this.remarks(m);
        row.setAttribute("aria-pressed", String(m.id === now?.id || m.id === this.focus));
      });
    this.tools.hidden = !now;
    this.ghostTools.hidden = !ghosts.length;
    this.showEntry();
  }
  short(text, length) {
    const all = [...text];
    return all.length > length ? `${all.slice(0, length - 1).join("")}…` : text;
  }
  swatch(node, code) {
    node.style.backgroundImage = this.upright(code);
  }

  // ---- memo: one box that no update touches; what was typed stays until it is saved or given up
  buildMemo() {
    const area = h("textarea", { rows: "3", "aria-label": this.t("memo_text") });
    const note = h("p", { class: "qk-small" });
    const save = h("button", { onclick: () => this.saveMemo() }, this.t("save"), h("kbd", {}, "Ctrl+Enter"));
    const cancel = push({}, () => this.closeMemo(), this.t("cancel"), h("kbd", {}, "Esc"));
    this.memoBox = h("div", { class: "qk-memo", hidden: true }, note, area, h("div", { class: "qk-tools" }, save, cancel));
    Object.assign(this, { memoArea: area, memoNote: note });
    area.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) this.saveMemo().then(() => this.focusText());
      else if (e.key === "Escape") this.closeMemo();
      else return;
      e.preventDefault();
      e.stopPropagation();
    });
    area.addEventListener("blur", () => this.saveMemo());
  }
  openMemo() {
    const coding = this.coding();
    if (!coding) return this.refuse(this.t("memo_nowhere"));
    if (this.memoOf && this.memoOf.id !== coding.id && this.memoArea.value !== this.memoOf.memo) return this.memoArea.focus();
    if (this.memoOf?.id !== coding.id) {
      this.memoOf = { ...coding };
      this.memoArea.value = coding.memo;
    }
    this.focus = coding.id;
    this.memoNote.textContent = this.t("memo_for", { code: this.code(coding.code).label, quote: this.short(this.text.slice(coding.start, coding.end), 50) });
    this.memoBox.hidden = false;
    this.memoBox.parentNode.scrollTop = 0;
    this.memoArea.focus();
  }
  async saveMemo() {
    const memo = this.memoOf;
    if (!memo || memo.sending === this.memoArea.value) return;
    if (this.memoArea.value === memo.memo) return this.closeMemo(false);
    memo.sending = this.memoArea.value;
    const answer = await this.ask("memo", { id: memo.id, memo: memo.sending });
    if (answer.ok && this.memoOf === memo && this.memoArea.value === memo.sending) this.closeMemo(false);
    else Object.assign(memo, { sending: null, ...(answer.ok ? { memo: memo.sending } : {}) });
  }
  closeMemo(back = true) {
    const inside = this.memoBox.contains(this.active());
    this.memoOf = null;
    this.memoBox.hidden = true;
    if (back || inside) this.focusText();
  }

  // ---- facets and codes
  shownFacet() {
    return this.get("codebook").facets.find((facet) => facet.id === this.facet) ?? this.get("codebook").facets[0];
  }
  stepFacet(direction) {
    const facets = this.get("codebook").facets;
    const held = this.facets.contains(this.active());
    this.showFacet(facets[(facets.indexOf(this.shownFacet()) + direction + facets.length) % facets.length].id);
    if (held) this.facets.querySelector('[aria-selected="true"]').focus();
    this.say(this.shownFacet().label);
  }
  showFacet(id) {
    this.facet = id;
    this.filterInput.value = this.filter = "";
    this.showAll();
  }
  // The codes in the order of the list: those pinned first; the first nine have the digits as their keys.
  listed() {
    const codes = this.shownFacet()?.codes ?? [];
    return [...this.pins.map((id) => codes.find((code) => code.id === id)).filter(Boolean), ...codes.filter((code) => !this.pins.includes(code.id))];
  }
  togglePin(id) {
    if (!id) return;
    this.pins = this.pins.includes(id) ? this.pins.filter((other) => other !== id) : [...this.pins, id];
    this.say(this.t(this.pins.includes(id) ? "pinned" : "unpinned", { code: this.code(id).label }));
    this.showCodes();
  }
  toggleSolo(id) {
    if (!id) return;
    this.solo = this.solo === id ? null : id;
    this.showAll();
  }
  toggle(what) {
    this.shown[what] = !this.shown[what];
    this.showAll();
    this.reveal({ entry: this.entryBox, settle: this.settleList }[what]);
  }
  // What a key has opened may lie outside the part of the notebook that is seen.
  reveal(part) {
    if (part && !part.hidden) part.scrollIntoView({ block: "nearest" });
  }
  showFacets() {
    keyed(this.facets, this.get("codebook").facets, (f) => f.id,
      (f) => push({ role: "tab", "data-facet": f.id }, () => this.showFacet(f.id), f.label),
      (tab, f) => {
        tab.setAttribute("aria-selected", String(f.id === this.facet));
        tab.tabIndex = f.id === this.facet ? 0 : -1;
      });
  }
  showCodes() {
    const used = new Map();
    for (const { code } of this.get("codings")) used.set(code, (used.get(code) ?? 0) + 1);
    const rows = [];
    let family = null;
    this.listed().forEach((code, index) => {
      if (!this.matches(code, this.filter)) return;
      const group = this.pins.includes(code.id) ? this.t("pins") : code.family;
      if (group && group !== family) rows.push({ id: `\n${group}`, head: group });
      family = group;
      rows.push({ ...code, digit: index < 9 ? String(index + 1) : "" });
    });
    keyed(this.codeList, rows, (row) => row.id, (row) => (row.head ? h("p", { class: "qk-family" }, row.head) : this.codeRow(row)), (node, row) => {
      if (row.head) return;
      const [button, solo, pin] = node.children;
      const [swatch, digit, , count] = button.children;
      this.swatch(swatch, row.id);
      digit.textContent = row.digit;
      count.textContent = used.get(row.id) ?? "";
      button.setAttribute("aria-keyshortcuts", row.digit || "/");
      solo.setAttribute("aria-pressed", String(this.solo === row.id));
      pin.setAttribute("aria-pressed", String(this.pins.includes(row.id)));
      pin.textContent = this.pins.includes(row.id) ? "★" : "☆";
    });
    this.codeList.setAttribute("aria-label", this.shownFacet()?.label ?? "");
    this.soloBar.hidden = !this.solo;
    if (this.solo) this.soloText.textContent = this.t("solo_on", { code: this.code(this.solo).label });
    this.showRecents();
  }
  codeRow(code) {
    const small = (name, sign, run) => {
      const word = `${this.t(name)}: ${code.label}`;
      return push({ class: "qk-mini", tabindex: "-1", "data-action": name, title: word, "aria-label": word }, () => run(code.id), sign);
    };
    const row = h("div", { class: "qk-code" },
      push({ class: "qk-apply", "data-code": code.id, title: `${code.id}\n${code.definition}` }, () => this.apply(code.id),
        h("span", { class: "qk-swatch" }), h("kbd"), h("span", { class: "qk-name" }, code.label), h("span", { class: "qk-used" })),
      small("solo", "◉", (id) => this.toggleSolo(id)), small("pin", "☆", (id) => this.togglePin(id)));
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => this.showEntry(code.id));
    return row;
  }
  matches(code, query) {
    const words = `${code.id} ${code.label} ${code.family} ${code.definition}`.toLowerCase();
    return query.toLowerCase().split(/\s+/).every((word) => words.includes(word));
  }
  showEntry(id = this.codeInFocus()) {
    this.entryBox.hidden = !this.shown.entry;
    if (!this.shown.entry) return;
    const code = id && this.known.get(id);
    if (!code) return this.entryBox.replaceChildren(h("p", {}, this.t("no_entry")));
    const parts = [["definition", code.definition], ["use_when", code.use], ["use_not", code.not_use], ["example", code.example]];
    this.entryBox.replaceChildren(h("p", { class: "qk-headline" }, `${code.label} `, h("code", {}, id)),
      h("dl", {}, ...parts.filter(([, text]) => text).flatMap(([name, text]) => [h("dt", {}, this.t(name)), h("dd", {}, text)])));
  }
  showRecent() {
    this.recent = !this.recent;
    this.showRecents();
    this.reveal(this.recentBar);
    this.say(this.recent ? this.t("recent_how") : "");
  }
  showRecents() {
    this.recentBar.hidden = !this.recent;
    const chips = this.recents.map((id, i) => push({ "data-code": id }, () => this.apply(id), h("kbd", {}, String(i + 1)), this.code(id).label));
    this.recentBar.replaceChildren(h("span", {}, this.t(chips.length ? "recent_how" : "recent_none")), ...chips);
  }
  digit(number) {
    const code = this.recent ? this.recents[number - 1] : this.listed()[number - 1]?.id;
    if (code) this.apply(code);
  }

  // ---- dialogs: the browser keeps the focus inside, Escape closes, the text gets the focus back
  dialog(title, parts, choices = []) {
    const close = () => {
      box.close();
      box.remove();
      this.focusText();
    };
    const buttons = choices.map(([say, run = close]) => h("button", { onclick: run }, this.t(say)));
    const head = h("p", { class: "qk-headline" }, title);
    const box = h("dialog", { class: "qk-dialog", "aria-label": title }, head, ...parts, h("div", { class: "qk-tools" }, ...buttons));
    box.addEventListener("cancel", (e) => {
      e.preventDefault();
      close();
    });
    box.addEventListener("mousedown", (e) => e.target === box && close());
    this.root.append(box);
    box.showModal();
    return close;
  }
  // Asks for a line of words; it closes only when Python has taken them, so nothing typed is lost.
  prompt(title, note, value, op, fields) {
    const input = h("input", { type: "text", value, "aria-label": title });
    const said = h("p", { class: "qk-small qk-state", role: "alert" });
    const send = async () => {
      const answer = await this.ask(op, fields(input.value));
      if (!answer.ok) return (said.textContent = answer.text);
      close();
    };
    input.addEventListener("keydown", (e) => e.key === "Enter" && (e.preventDefault(), send()));
    const close = this.dialog(title, [h("p", {}, note), input, said], [["save", send], ["cancel"]]);
    input.select();
  }
  openVivo() {
    const where = this.quoted();
    if (!where) return;
    this.prompt(this.t("vivo"), this.t("vivo_how"), this.short(where.quote, 60), "vivo", (label) => ({ ...where, label }));
  }
  openReason() {
    const ghost = this.coding("ghosts");
    if (!ghost) return this.refuse(this.t("no_ghost_here"));
    this.prompt(this.t("reject_why"), this.hover({ ...ghost, kind: "ghost" }), "", "reject", (why) => ({ id: ghost.id, why }));
  }
  askReplace(reason, code, { start }, replace) {
    const { facet, label } = this.code(code);
    const there = this.get("codings").filter((c) => c.code !== code && this.code(c.code).facet?.id === facet?.id);
    const old = there.find((c) => this.sentenceAt(c.start) === this.sentenceAt(start));
    const values = { facet: facet?.label, old: old && this.code(old.code).label, code: label };
    const parts = [h("p", {}, this.t(old ? "replace_ask" : "replace_ask_short", values)), h("p", { class: "qk-small", lang: "en" }, reason)];
    const yes = () => (close(), replace());
    const close = this.dialog(this.t("replace_title"), parts, [["replace_yes", yes], ["replace_no"]]);
    this.root.querySelector("dialog .qk-tools").lastChild.focus(); // Enter out of habit replaces nothing
  }
  openPicker() {
    const id = `qk-options-${(this.nonce += 1)}`;
    const target = this.target();
    const list = h("div", { role: "listbox", id, class: "qk-options", "aria-label": this.t("codes") });
    const about = h("p", { class: "qk-small", "aria-live": "polite" });
    const combobox = { role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off" };
    const input = h("input", { type: "text", ...combobox, placeholder: this.t("pick_how"), "aria-label": this.t("pick_code") });
    let [found, at] = [[], 0];
    const choose = (code) => (close(), this.apply(code.id));
    const mark = () => {
      [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", found.length ? `${id}-${at}` : "");
      list.children[at]?.scrollIntoView({ block: "nearest" });
      about.textContent = found.length ? found[at].definition : this.t("no_code_found");
    };
    const draw = () => {
      const query = input.value.trim();
      const begins = (word) => word.toLowerCase().startsWith(query.toLowerCase());
      // without a query the recent ones first; else what begins with it, then what names it, then what defines itself by it
      const order = (code) => {
        if (!query) return this.recents.indexOf(code.id) + 1 || 99;
        return [begins(code.id), begins(code.label), this.matches({ ...code, definition: "" }, query), true].indexOf(true);
      };
      found = this.codes().filter((code) => this.matches(code, query)).sort((a, b) => order(a) - order(b)).slice(0, 60);
      at = 0;
      list.replaceChildren(...found.map((code, i) => {
        const node = h("div", { role: "option", id: `${id}-${i}`, "data-code": code.id, onmousedown: (e) => e.preventDefault(), onclick: () => choose(code) },
          h("span", { class: "qk-swatch" }), h("span", { class: "qk-name" }, code.label), h("small", {}, `${code.id} · ${code.facet.label}`));
        this.swatch(node.firstChild, code.id);
        return node;
      }));
      mark();
    };
    input.addEventListener("input", draw);
    input.addEventListener("keydown", (e) => {
      const move = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (move && found.length) at = (at + move + found.length) % found.length;
      else if (e.key === "Enter" && found[at]) choose(found[at]);
      else if (e.key !== "Enter" && !move) return;
      e.preventDefault();
      mark();
    });
    const quote = h("p", { class: "qk-small" }, target ? `“${this.short(this.text.slice(...target), 110)}”` : "");
    const close = this.dialog(this.t("pick_code"), [quote, input, list, about]);
    draw();
    input.focus();
  }
  openDocuments() {
    const now = this.get("page").document;
    const rows = this.get("documents").map(({ document, title, done, of, coded, problems }) =>
      h("button", { "data-document": document, "aria-current": document === now ? "true" : null, onclick: () => (close(), this.ask("open", { document })) },
        h("span", { class: "qk-name" }, title || document), h("progress", { max: of || 1, value: done, "aria-label": this.t("progress") }),
        h("span", {}, this.t("document_row", { done, of, coded })), problems ? h("strong", {}, `⚠ ${this.t("problems", { n: problems })}`) : null));
    const close = this.dialog(this.t("documents"), [h("div", { class: "qk-documents" }, ...rows)], [["close"]]);
  }
  stepDocument(direction) {
    const all = this.get("documents").map((d) => d.document);
    const document = all[all.indexOf(this.get("page").document) + direction];
    if (document) this.ask("open", { document });
  }
  openHelp() {
    const row = (keys, word) => h("tr", {}, h("td", {}, ...keys.map((key) => h("kbd", {}, keySign(key)))), h("td", {}, this.t(word)));
    const head = h("tr", {}, ...["keys", "what"].map((key) => h("th", { scope: "col" }, this.t(key))));
    const digits = [row(["1", "–", "9"], "digits"), row(["R", "1–9"], "recent_digits")];
    const table = h("table", {}, h("thead", {}, head), h("tbody", {}, ...digits, ...Object.values(ACTIONS).map((a) => row(a.keys, a.say))));
    const keys = h("div", { class: "qk-keys", tabindex: "0", role: "region", "aria-label": this.t("keys") }, table);
    this.dialog(this.t("help"), [h("p", {}, this.t("help_text")), keys], [["close"]]);
  }

  // ---- find in the text
  buildFind() {
    this.findInput = h("input", { type: "search", "aria-label": this.t("find"), placeholder: this.t("find") });
    this.findCount = h("span", { role: "status" });
    const button = (sign, say, run) => h("button", { "aria-label": this.t(say), title: this.t(say), onclick: run }, sign);
    const steps = [button("↑", "find_previous", () => this.stepFind(-1)), button("↓", "find_next", () => this.stepFind(1))];
    const close = button("✕", "close", () => this.closeFind());
    this.findBar = h("div", { class: "qk-strip qk-find", role: "search", hidden: true }, this.findInput, this.findCount, ...steps, close);
    this.findInput.addEventListener("input", () => this.findAll());
    this.findInput.addEventListener("keydown", (e) => {
      if (e.key === "Enter") this.stepFind(e.shiftKey ? -1 : 1);
      else if (e.key === "Escape") this.closeFind();
      else return;
      e.preventDefault();
    });
  }
  openFind() {
    this.findBar.hidden = false;
    this.findInput.select();
    this.findInput.focus();
  }
  findAll() {
    const query = this.findInput.value.trim();
    const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
    this.hits = query ? [...this.text.text.matchAll(pattern)].map((m) => [this.text.point(m.index), this.text.point(m.index + m[0].length)]) : [];
    const from = this.sentence()?.start ?? 0;
    this.hit = Math.max(0, this.hits.findIndex(([start]) => start >= from));
    this.stepFind(0);
  }
  stepFind(by) {
    if (this.hits.length) this.hit = (this.hit + by + this.hits.length) % this.hits.length;
    this.findCount.textContent = this.t("find_count", { n: this.hits.length ? this.hit + 1 : 0, of: this.hits.length });
    if (this.hits.length) this.moveTo(this.sentenceAt(this.hits[this.hit][0]), { focus: false });
    this.paint();
    const now = this.pane.querySelector(".qk-on-hit-now");
    if (now) this.scrollTo(now);
  }
  closeFind() {
    this.findBar.hidden = true;
    this.hits = [];
    this.paint();
    this.focusText();
  }

  // ---- visits and what is to be settled
  visit(step) {
    const { at, of } = this.get("visit") ?? { at: 0, of: 0 };
    if (at + step >= 1 && at + step <= of) this.ask("visit", { step });
  }
  showVisit() {
    const visit = this.get("visit");
    this.visitBar.hidden = !visit;
    if (visit) this.visitText.textContent = this.t("visit_at", { at: visit.at, of: visit.of, label: visit.label ?? "" });
  }
  showSettle() {
    const problems = this.get("settle");
    this.settleList.hidden = !this.shown.settle;
    const due = this.inBar("settle");
    due.hidden = !problems.length && !this.shown.settle;
    due.classList.toggle("qk-due", problems.length > 0);
    due.setAttribute("aria-expanded", String(this.shown.settle));
    due.dataset.count = problems.length || "";
    const standing = (p) => this.get("codings").find((coding) => coding.id === p.id && p.document === this.get("page").document);
    this.settleList.querySelector(":scope > p")?.remove();
    const shown = (p) => [p.id, standing(p)?.start, standing(p)?.end, ...p.candidates.map((place) => [place.start, place.end])];
    keyed(this.settleList, problems, shown, (p) => this.settleCard(p, standing(p)), (card, p) => {
      card.querySelector(".qk-mine").hidden = p.document !== this.get("page").document;
    });
    if (!problems.length) this.settleList.append(h("p", {}, this.t("settle_none")));
  }
  settleCard(problem, standing) {
    const words = ({ prefix = "", quote, suffix = "" }) => h("p", { class: "qk-words" },
      `…${prefix}${/[\s([“‘«]$/u.test(prefix) ? "" : " "}`, h("mark", {}, quote), `${/^[\s)\]”’».,;:!?]/u.test(suffix) ? "" : " "}${suffix}…`);
    const small = (text) => h("p", { class: "qk-small" }, text);
    const choose = (number, where = {}) => this.ask("settle", { id: problem.id, choice: number, ...where });
    const button = (name, say, run) => push({ "data-choice": name }, run, this.t(say));
    const slice = (start, end) => this.text.slice(Math.max(0, start), Math.min(this.text.length, end));
    const now = standing ?? {};
    // the place where it is shown now, and those where it may belong; each stands here once
    const places = problem.candidates.map((place, n) => ({ ...place, choice: n })).filter((place) => place.start !== now.start || place.end !== now.end);
    if (standing) {
      const [prefix, quote, suffix] = [slice(now.start - 32, now.start), slice(now.start, now.end), slice(now.end, now.end + 32)];
      places.unshift({ prefix, quote, suffix, choice: "keep" });
    }
    const choice = (place) => h("div", { class: "qk-candidate" }, small(this.t(place.choice === "keep" ? "settle_now" : "settle_candidate")),
      words(place), button(place.choice, "settle_choose", () => choose(place.choice)));
    return h("article", {},
      h("p", { class: "qk-headline" }, `⚠ ${this.code(problem.code).label}`,
        h("span", { class: "qk-small" }, `${problem.document} · ${this.t(`anchor_${problem.anchor}`)}`)),
      h("div", { class: "qk-candidate" }, small(this.t("settle_old")), words(problem)), problem.memo ? small(`✎ ${problem.memo}`) : null,
      places.length ? null : small(this.t("settle_no_candidates")),
      ...places.map(choice),
      h("div", { class: "qk-tools" }, h("span", { class: "qk-mine" }, button("mine", "settle_mine", () => choose(undefined, this.quoted()))),
        button("open", "settle_open", () => this.ask("open", { document: problem.document })),
        standing ? null : button("keep", "settle_keep", () => choose("keep")), button("remove", "remove", () => this.ask("remove", { id: problem.id }))));
  }

  // ---- showing what the traits say
  showHead() {
    const [page, desk] = [this.get("page"), this.get("desk")];
    const now = this.get("documents").find((d) => d.document === page.document) ?? { done: 0, of: 0 };
    this.title.textContent = page.title || page.document;
    Object.assign(this.progress, { max: now.of || 1, value: now.done });
    const said = [this.t("head_count", { done: now.done, of: now.of, number: page.number, all: page.of, coder: desk.coder })];
    if (desk.assigned !== null) said.push(this.t("assigned", { n: desk.assigned }));
    if (desk.blind) said.push(this.t("blind"));
    this.count.textContent = said.join(" · ");
    this.hint.hidden = !this.shown.hint || this.begun || Boolean(desk.read_only);
    this.banner.hidden = !desk.read_only;
    this.banner.textContent = desk.read_only ? `⚠ ${this.t("read_only")}: ${desk.read_only}` : "";
    const steps = this.get("steps");
    for (const name of ["undo", "redo"]) this.inBar(name).setAttribute("aria-disabled", String(!steps[name]));
    for (const name of ["ghosts", "others"]) this.inBar(name).setAttribute("aria-pressed", String(this.shown[name]));
    this.inBar("ghosts").hidden = desk.blind;
  }
  showStatus() {
    const late = [...this.waiting.values()].some((wait) => Date.now() - wait.since >= LATE);
    const status = this.get("status");
    const cut = this.unsent ? "lost" : this.isCut() && (this.waiting.size ? "lost" : "cut");
    const silent = cut || (late && "late");
    const state = silent ? "late" : this.waiting.size ? "saving" : status.state;
    const sign = { late: "⚠ ", saved: "✓ ", refused: "⚠ ", read_only: "⚠ " }[state] ?? "";
    this.status.textContent = sign + (silent ? this.t(silent) : this.waiting.size ? this.t("saving") : status.text);
    this.status.dataset.state = state;
    const inDialog = this.root.querySelector("dialog .qk-state"); // what is behind a dialog is neither seen nor heard
    if (inDialog && this.waiting.size) inDialog.textContent = this.status.textContent;
    if (silent && silent !== this.wasSilent) this.say(this.status.textContent);
    this.wasSilent = silent;
  }
  showAlerts() {
    const dismiss = (alert) => {
      this.alerts = this.alerts.filter((other) => other !== alert);
      this.showAlerts();
      this.focusText();
    };
    keyed(this.alertList, this.alerts, (alert) => alert.number, (alert) => h("div", { class: "qk-alert", role: "alert" },
      h("span", {}, `⚠ ${alert.text}`), h("button", { "aria-label": this.t("dismiss"), onclick: () => dismiss(alert) }, "✕")));
  }
  showNotices() {
    const notices = this.get("notices");
    this.notices.hidden = !notices.length;
    this.notices.firstChild.textContent = this.t("notices", { n: notices.length });
    keyed(this.noticeList, notices, (text) => text, (text) => h("li", {}, text));
  }
  showList() {
    const codings = this.get("codings").filter((c) => !this.solo || c.code === this.solo);
    this.listHead.textContent = this.t("list_head", { n: codings.length });
    if (!this.listHead.parentNode.open) return;
    keyed(this.list, codings, (c) => c.id,
      (c) => h("div", { role: "listitem", class: "qk-row" },
        h("button", { onclick: () => this.goTo(c.id) }, h("span", { class: "qk-swatch" }), h("span", { class: "qk-name" }), h("q"), h("small"))),
      (row, c) => {
        const [swatch, name, quote, memo] = row.firstChild.children;
        this.swatch(swatch, c.code);
        name.textContent = this.code(c.code).label;
        quote.textContent = this.short(this.text.slice(c.start, c.end), 160);
        memo.textContent = c.memo ? `✎ ${c.memo}` : "";
      });
  }
  goTo(id) {
    const coding = this.get("codings").find((c) => c.id === id);
    this.focus = id;
    this.moveTo(this.sentenceAt(coding.start));
    this.paint();
  }
  // Python says where to look: the cursor goes there, and words that are less than a sentence are marked.
  follow() {
    const look = this.get("look");
    if (!look || look.n === this.looked || !this.sentences.length) return;
    this.looked = look.n;
    const index = this.sentenceAt(look.start);
    const sentence = this.sentences[index];
    this.look = look.start === sentence.start && look.end === sentence.end ? null : [look.start, look.end];
    this.moveTo(index, { focus: this.root.contains(this.active()) && !this.root.querySelector("dialog") && !this.memoOf });
    this.paint();
    this.scrollTo(sentence.node);
  }
  showAll() {
    this.facet ??= this.get("codebook").facets[0]?.id ?? null;
    this.showHead();
    this.showFacets();
    this.showCodes();
    this.paint();
    if (this.sentences.length) this.showCursor();
    this.showHere();
    this.showList();
    this.showVisit();
    this.showSettle();
    this.showNotices();
    this.showStatus();
  }
  // Traits arrive one by one; what they change is shown once, together.
  changed(name) {
    this.news = (this.news ?? new Set()).add(name);
    if (this.news.size > 1) return;
    queueMicrotask(() => {
      const news = this.news;
      this.news = null;
      if (news.size === 1 && news.has("status")) return this.showStatus();
      const focused = this.root.contains(this.active());
      if (news.has("codebook")) this.paintTints();
      if (news.has("page")) this.buildPage();
      this.showAll();
      this.follow();
      if (focused && !this.root.contains(this.active())) this.focusText();
    });
  }

  // ---- keys and mouse
  pressed(e) {
    // Unmodified keys stay here: JupyterLab and VS Code listen while an event rises. Others (Ctrl+S, Tab ...) pass.
    const held = (e.ctrlKey || e.metaKey || e.altKey) && !e.getModifierState("AltGraph");
    if (!held && e.key !== "Tab") e.stopPropagation();
    if (e.defaultPrevented || e.target.closest("dialog") || /^(Shift|Control|Alt|AltGraph|Meta)$/.test(e.key)) return;
    if (!e.target.matches("input, textarea") && !held && this.isTyped(e)) return e.preventDefault();
    this.told.textContent = "";
    if (e.target === this.filterInput) return this.pressedInFilter(e);
    if (e.target.matches("input, textarea")) return;
    if (e.key === "Enter" && e.target.closest("button, summary")) return;
    if (e.target.matches(".qk-entry, .qk-settle, .qk-list-rows") && /^Arrow/.test(e.key)) return; // they scroll
    if (e.target.closest(".qk-code") && /^Arrow/.test(e.key)) return this.walkCodes(e);
    const shift = e.shiftKey && /^\w+$/.test(e.key); // of a sign such as "?" Shift is a part
    const key = (held && !e.altKey ? "Ctrl+" : "") + (shift ? "Shift+" : "") + (e.key.length === 1 ? e.key.toUpperCase() : e.key);
    const action = held && e.altKey ? null : BY_KEY.get(key);
    if (!action && (held || !/^[1-9]$/.test(key))) return;
    e.preventDefault();
    e.stopPropagation();
    if (action) action.run(this);
    else this.digit(Number(key));
  }
  pressedInFilter(e) {
    const first = this.codeList.querySelector(".qk-apply");
    if (e.key === "ArrowDown") first?.focus();
    else if (e.key === "Enter" && first && this.filter) this.apply(first.dataset.code);
    else if (e.key !== "Escape") return;
    e.preventDefault();
    if (e.key === "ArrowDown") return;
    this.filterInput.value = this.filter = "";
    this.showCodes();
    this.focusText();
  }
  // In the list of codes arrows walk: up and down the codes, right and left the buttons of one.
  walkCodes(e) {
    e.preventDefault();
    const rows = [...this.codeList.querySelectorAll(".qk-code")];
    const row = e.target.closest(".qk-code");
    const across = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    const buttons = [...row.children];
    if (across) buttons[buttons.indexOf(e.target) + across]?.focus();
    else rows[rows.indexOf(row) + (e.key === "ArrowDown" ? 1 : -1)]?.firstChild.focus();
  }
  // A sentence reached by Tab, by a screen reader or by the mouse has the cursor, too.
  entered(node) {
    if (!this.hint.hidden && !this.hinted) this.say(this.t("hint"));
    this.hinted = true;
    const index = Number(node?.dataset.index ?? this.cursor);
    if (index === this.cursor) return;
    Object.assign(this, { cursor: index, anchor: null });
    this.showCursor();
    this.showHere();
  }
  // Chromium begins no selection at a sentence's first letter if pressing the button there moves the focus to a sentence:
  // so those of the paragraph take no focus while the button is down, and the one of the cursor gets it when it is let go.
  grabbed(e) {
    if (e.button === 0 && !e.shiftKey) this.unselect(); // else words still marked would be dragged away as a whole
    const near = this.inside.get(e.target.closest(".qk-paragraph")) ?? [];
    for (const { node } of near) node.removeAttribute("tabindex");
    const release = (up) => {
      this.readSelection();
      if (!this.selection && Math.hypot(up.clientX - e.clientX, up.clientY - e.clientY) > 4) this.selectBetween(e, up);
      for (const { node } of near) node.tabIndex = -1;
      if (this.selection) Object.assign(this, { anchor: null, cursor: this.sentenceAt(this.selection[0]) });
      this.showCursor();
      if (this.active() === this.pane) this.sentence().node.focus({ preventScroll: true });
    };
    document.addEventListener("mouseup", release, { once: true, signal: this.left.signal });
  }
  clicked(e) {
    this.readSelection(); // the browser tells of a selection given up only after the click
    const label = e.target.closest("[data-id]");
    const node = e.target.closest("[data-index]");
    if (!node) return;
    if (label) this.focus = label.dataset.id;
    this.look = null;
    if (!this.selection) this.moveTo(Number(node.dataset.index), { extend: e.shiftKey });
    this.paint();
    this.showHere();
  }
  open() {
    this.paintTints();
    this.build();
    this.buildPage();
    const on = (target, event, run) => target.addEventListener(event, run, { signal: this.left.signal });
    on(this.root, "keydown", (e) => this.pressed(e));
    on(this.root, "mousedown", () => ((this.told.textContent = ""), (this.typedAt = 0)));
    on(this.pane, "mousedown", (e) => this.grabbed(e));
    on(this.pane, "click", (e) => this.clicked(e));
    on(this.pane, "focusin", (e) => this.entered(e.target.closest("[data-index]")));
    on(this.filterInput, "input", () => ((this.filter = this.filterInput.value.trim()), this.showCodes()));
    on(this.listHead.parentNode, "toggle", () => this.showList());
    on(document, "selectionchange", () => this.readSelection());
    const traits = ["page", "codings", "ghosts", "read", "codebook", "documents", "desk", "status", "notices", "settle", "visit", "look", "steps"];
    const listeners = traits.map((name) => [`change:${name}`, () => this.changed(name)]);
    listeners.push(["msg:custom", (message) => this.answered(message)]);
    listeners.push(["comm_live_update", () => setTimeout(() => this.showStatus())]); // the page marks the desk first
    for (const [event, run] of listeners) this.model.on(event, run);
    this.close = () => {
      this.left.abort();
      clearTimeout(this.later);
      this.widths.disconnect();
      for (const [event, run] of listeners) this.model.off(event, run);
    };
    this.showAll();
    this.looked = this.get("look")?.n ?? 0;
    // another width breaks the lines elsewhere, so the labels in the margin find their lines anew
    this.widths = new ResizeObserver(() => this.placeLabels(new Set(this.sentences.map((s) => s.paragraph))));
    this.widths.observe(this.pane);
  }
}

function render({ model, el }) {
  const desk = new Desk(model, el);
  desk.open();
  return () => desk.close();
}

export default { render };
