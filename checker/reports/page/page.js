"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = JSON.parse(byId("words").textContent);
  const waived = JSON.parse(byId("waivers").textContent);
  const items = all(".finding");
  const byNumber = new Map(items.map((item) => [item.dataset.n, item]));
  const key = "checker:" + document.body.dataset.sha;
  const file = document.body.dataset.file;
  const narrow = matchMedia("(max-width: 800px)");
  let decisions = {};
  let selected = null;
  let place = -1;

  // What the reviewer decided, kept in the browser under the report's own checksum.
  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "{}");
      decisions = kept.decisions || {};
      byId("author").value = kept.author || localStorage.getItem("checker:author") || "";
      say(words.kept);
    } catch {
      say(words.not_kept);
    }
  }
  function save() {
    try {
      localStorage.setItem(key, JSON.stringify({ decisions, author: byId("author").value }));
      localStorage.setItem("checker:author", byId("author").value);
    } catch {
      say(words.not_kept);
    }
  }
  function say(text) { byId("status").textContent = text; }

  // Filters
  const checked = (name) => new Set(all(`input[name=${name}]:checked`).map((box) => box.value));
  function filter() {
    const states = checked("state"), levels = checked("severity");
    const family = byId("family").value, decision = byId("decision").value;
    const wanted = byId("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0, possible = 0;
    for (const item of items) {
      const data = item.dataset;
      const listed = states.has(data.state);
      const fits = listed
        && (data.state !== "fail" || levels.has(data.severity))
        && (!family || data.family === family)
        && (!decision || (data.decision || "undecided") === decision)
        && wanted.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      shown += fits;
      possible += listed;
    }
    byId("tally").textContent = `${words.shown} ${shown} / ${possible}`;
    byId("empty").hidden = shown > 0 || possible === 0;
    if (selected && selected.hidden) close();
  }
  function textOf(item) {
    if (!item.words) item.words = item.textContent.toLowerCase().replace(/\s+/g, " ");
    return item.words;
  }
  function count() {
    const faults = items.filter((item) => item.dataset.state === "fail");
    const decided = faults.filter((item) => item.dataset.decision).length;
    byId("progress").max = Math.max(1, faults.length);
    byId("progress").value = decided;
    byId("done").textContent = `${words.done} ${decided} / ${faults.length}`;
  }

  // One finding is open at a time, its places shown in the report.
  function close() {
    if (!selected) return;
    selected.classList.remove("on");
    selected.querySelector(".head").setAttribute("aria-expanded", "false");
    selected.querySelector(".detail").hidden = true;
    all(".viewer .on, .viewer .here").forEach((mark) => mark.classList.remove("on", "here"));
    all(".viewer .drawn").forEach((mark) => mark.remove());
    document.querySelector(".current").classList.remove("on");
    selected = null;
  }
  function open(item, { focus = true, show = !narrow.matches } = {}) {
    close();
    selected = item;
    place = -1;
    item.hidden = false;
    item.classList.add("on");
    const head = item.querySelector(".head");
    head.setAttribute("aria-expanded", "true");
    item.querySelector(".detail").hidden = false;
    byId("current").textContent = `${item.dataset.n}  ${item.querySelector(".message").textContent}`;
    byId("next").hidden = spots().length < 2;
    document.querySelector(".current").classList.add("on");
    light(item);
    if (focus) head.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    if (show) jump(0);
  }
  const spots = () => all(".go", selected);
  function light(item) {
    all(`.viewer .m[data-n~="${item.dataset.n}"]`).forEach((mark) => mark.classList.add("on"));
    if (item.dataset.state === "fail") return;
    for (const spot of spots()) if (!find(spot)?.matches(".m")) boxes(spot).forEach(draw);
  }
  const boxes = (spot) => spot.dataset.boxes.split(";").filter(Boolean).map((box) => box.split(",").map(Number));
  function draw([page, left, top, right, bottom]) {
    const picture = document.querySelector(`#p${page} svg`);
    if (!picture) return;
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const edges = { x: left - 1, y: top, width: right - left + 2, height: bottom - top };
    for (const [name, value] of Object.entries(edges)) mark.setAttribute(name, value);
    mark.setAttribute("class", `m on drawn ${selected.dataset.state}`);
    mark.dataset.n = selected.dataset.n;
    picture.append(mark);
  }
  function jump(index) {
    const list = spots();
    if (!selected || !list.length) return;
    place = (index + list.length) % list.length;
    list.forEach((spot, i) => spot.classList.toggle("on", i === place));
    all(".viewer .here").forEach((mark) => mark.classList.remove("here"));
    const target = find(list[place]);
    byId("no-page").hidden = Boolean(target);
    document.querySelector(".viewer").classList.add("shown");
    if (!target) return;
    target.classList.add("here");
    target.scrollIntoView({ block: "center" });
  }
  function find(spot) {
    const [first] = boxes(spot);
    if (first) {
      const [page, left, top] = first;
      const near = (mark) => Math.abs(mark.getAttribute("x") - left + 1) < 1 && Math.abs(mark.getAttribute("y") - top) < 1;
      return all(`#p${page} .m.on`).find(near) || byId("p" + page);
    }
    const element = byId(spot.dataset.element);
    const quoted = spot.parentElement.querySelector("b").textContent;
    const inside = element ? all(".m.on", element) : [];
    return inside.find((mark) => quoted.startsWith(mark.textContent)) || inside[0] || element;
  }
  function step(by) {
    const shown = items.filter((item) => !item.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(selected);
    open(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))]);
  }

  // Decisions
  function decide(item, state) {
    const reason = item.querySelector(".reason");
    reason.removeAttribute("aria-invalid");
    if (state === "rejected" && !reason.value.trim()) {
      reason.setAttribute("aria-invalid", "true");
      reason.focus();
      reason.dataset.then = state;
      say(words.need_reason);
      return;
    }
    delete reason.dataset.then;
    const name = item.dataset.print;
    if (state) decisions[name] = { state, reason: reason.value.trim(), expires: item.querySelector(".expires").value };
    else delete decisions[name];
    save();
    show(item);
    say(words.kept);
  }
  function show(item) {
    const decision = decisions[item.dataset.print];
    const decide = item.querySelector(".decide");
    if (!decide) return;
    if (decision) item.dataset.decision = decision.state;
    else delete item.dataset.decision;
    item.querySelector(".decided").textContent = decision ? words[decision.state] : "";
    item.querySelector(".accept").setAttribute("aria-pressed", String(decision?.state === "accepted"));
    item.querySelector(".reject").setAttribute("aria-pressed", String(decision?.state === "rejected"));
    item.querySelector(".clear").hidden = !decision;
    const reason = item.querySelector(".reason");
    if (decision) {
      reason.value = decision.reason;
      item.querySelector(".expires").value = decision.expires || "";
    }
    reason.classList.toggle("filled", Boolean(reason.value));
    delete item.words;
    count();
  }

  // The waiver file (TOML). JSON's strings are TOML's, but for a character and a half.
  const quote = (text) => JSON.stringify(text).replace(/\x7f/g, "\\u007f").replace(/\\ud[89a-f][0-9a-f]{2}/gi, "");
  const comment = (text) => "# " + text.replace(/[\x00-\x1f\x7f]+/g, " ");
  function entry({ fingerprint, reason, author, expires, report }) {
    const lines = ["[[waiver]]", `fingerprint = ${quote(fingerprint)}`, `reason = ${quote(reason)}`, `author = ${quote(author)}`];
    if (/^\d{4}-\d\d-\d\d$/.test(expires || "")) lines.push(`expires = ${expires}`);
    if (report) lines.push(`report = ${quote(report)}`);
    return lines.join("\n") + "\n";
  }
  function messageOf(item) { return item.querySelector(".message").textContent; }
  function waivers() {
    const author = byId("author").value.trim();
    const decided = (state) => items.filter((item) => item.dataset.decision === state);
    const out = [comment(words.waiver_head), comment(file + "  sha256 " + document.body.dataset.sha), ""];
    for (const old of waived) out.push(entry(old));
    for (const item of decided("rejected")) {
      const { reason, expires } = decisions[item.dataset.print];
      out.push(comment(messageOf(item)), entry({ fingerprint: item.dataset.print, reason, author, expires }));
    }
    const right = decided("accepted");
    if (right.length) out.push(comment(words.waiver_accepted));
    for (const item of right) {
      const { reason } = decisions[item.dataset.print];
      out.push(comment(`${item.dataset.print} ${messageOf(item)}${reason ? " · " + reason : ""}`));
    }
    return { text: out.join("\n") + "\n", number: waived.length + decided("rejected").length };
  }
  function exportWaivers() {
    const author = byId("author");
    const { text, number } = waivers();
    author.removeAttribute("aria-invalid");
    if (!number) return say(words.nothing);
    if (!author.value.trim()) {
      author.setAttribute("aria-invalid", "true");
      author.focus();
      return say(words.need_author);
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
    link.download = file.replace(/\.[^.]*$/, "") + ".waivers.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say(words.exported.replace("{}", number));
  }

  // Tabs
  const tabs = all("[role=tab]");
  function tab(name) {
    for (const one of tabs) {
      const on = one.id === "tab-" + name;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = !on;
    }
  }
  function help(rule) {
    tab("help");
    const entry = byId("rule-" + rule);
    entry.open = true;
    entry.scrollIntoView();
    entry.querySelector("summary").focus();
  }

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const item = on(".finding");
    const mark = on(".m");
    if (on("[role=tab]")) tab(on("[role=tab]").getAttribute("aria-controls"));
    else if (on(".head")) item === selected ? close() : open(item);
    else if (on(".go")) jump(spots().indexOf(on(".go")));
    else if (on(".to")) open(byNumber.get(on(".to").dataset.to));
    else if (on(".rule")) help(on(".rule").dataset.rule);
    else if (on(".accept")) decide(item, "accepted");
    else if (on(".reject")) decide(item, "rejected");
    else if (on(".clear")) decide(item, null);
    else if (on("#next")) jump(place + 1);
    else if (on("#back")) document.querySelector(".viewer").classList.remove("shown");
    else if (on("#export")) exportWaivers();
    else if (on("#print")) print();
    else if (mark && !narrow.matches) open(byNumber.get(mark.dataset.n.split(" ")[0]), { show: false });
  });
  document.addEventListener("change", (event) => {
    const item = event.target.closest(".finding");
    if (event.target.matches(".filters *")) filter();
    else if (event.target.id === "author") save();
    else if (item && decisions[item.dataset.print]) decide(item, decisions[item.dataset.print].state);
  });
  byId("query").addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.matches("select") && event.key !== "/" && event.key !== "Escape") return;
    if (target.matches("input:not([type=checkbox])")) {
      if (event.key === "Escape") selected ? selected.querySelector(".head").focus() : target.blur();
      if (event.key === "Enter" && target.matches(".reason")) {
        event.preventDefault(); // or the button that gets the focus would be pressed
        const item = target.closest(".finding");
        decide(item, target.dataset.then || decisions[item.dataset.print]?.state || "rejected");
        if (target.value.trim()) item.querySelector(".head").focus();
      }
      return;
    }
    if (target.matches("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const next = tabs[(tabs.indexOf(target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      tab(next.getAttribute("aria-controls"));
      next.focus();
      return;
    }
    if (byId("findings").hidden) return;
    const does = {
      j: () => step(1),
      k: () => step(-1),
      a: () => selected?.querySelector(".accept") && decide(selected, "accepted"),
      r: () => selected?.querySelector(".reject") && decide(selected, "rejected"),
      "/": () => byId("query").focus(),
      Enter: () => target.matches(".head") && target.closest(".finding") === selected && jump(place + 1),
      Escape: () => document.querySelector(".viewer").classList.remove("shown"),
    }[event.key];
    if (!does || (event.key === "Enter" && !(selected && target.matches(".finding.on .head")))) return;
    event.preventDefault();
    does();
  });

  load();
  items.forEach(show);
  tab("findings");
  count();
  filter();
})();
