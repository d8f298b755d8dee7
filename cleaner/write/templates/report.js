"use strict";
(() => {
  const BLOCKS = "h2, h3, h4, h5, h6, p, li, tr, blockquote, pre";
  const find = (id) => document.getElementById(id);
  const page = find("page"), site = find("site"), info = find("info"), filters = find("filters");
  const search = find("search"), doubtful = find("doubtful"), sides = find("sides"), unfold = find("unfold");
  const choices = [...filters.querySelectorAll("fieldset input")];
  const folds = [...page.querySelectorAll("details")];
  const boxes = [...page.querySelectorAll("div, details, ul, table")];
  const pieces = [...find("pieces").children].map((piece) => piece.textContent);
  const causes = [...find("causes").tBodies[0].rows].map((row) => {
    const evidence = row.cells[2];
    evidence.textContent = evidence.textContent && evidence.textContent.split(" ").map((piece) => pieces[piece]).join(", ");
    return [...row.cells].map((cell) => cell.textContent);
  });
  find("pieces").hidden = true;
  const lines = (id) => find(id).textContent.split("\n");
  const steps = lines("steps");
  const paths = lines("paths").map((path) => path.split(" ").map((step) => steps[step]).join(" > "));

  // Each block of the page, and by both of its elements: that in the page, and its copy in the column of the site.
  const blocks = [...page.querySelectorAll(BLOCKS)].map((element) => {
    const box = element.closest("[data-c]");
    const [first, common] = box ? box.dataset.c.split(" ") : [];
    const [own, probability, cause] = (element.dataset.b ?? "").split(" ");
    const text = element.textContent;
    return {
      element, text, lower: text.toLowerCase(), copy: null, reason: box ? box.className : "kept", cause: causes[cause || first],
      path: paths[own || common], probability, doubtful: "doubtful" in element.dataset,
    };
  });
  const owners = new Map(blocks.map((block) => [block.element, block]));
  let narrowed = false;

  function apply() {
    const words = search.value.trim().toLowerCase();
    const chosen = new Set(choices.filter((choice) => choice.checked).map((choice) => choice.value));
    let shown = 0;
    for (const block of blocks) {
      const visible =
        chosen.has(block.reason) && (!doubtful.checked || block.doubtful) && (!words || block.lower.includes(words));
      block.element.hidden = !visible;
      if (block.copy) block.copy.hidden = !visible;
      shown += visible;
    }
    for (const box of boxes) {
      box.hidden = ![...box.querySelectorAll(BLOCKS)].some((element) => !element.hidden);
    }
    const narrow = words !== "" || doubtful.checked;
    if (narrow !== narrowed) fold(!narrow);
    narrowed = narrow;
    find("shown").textContent = `${shown} of ${blocks.length} blocks`;
    highlight(words);
    enter(blocks.find((block) => block.element.checkVisibility()));
  }

  function fold(closed) {
    for (const each of folds) each.open = !closed;
    unfold.setAttribute("aria-pressed", String(!closed));
  }

  function highlight(words) {
    if (!window.Highlight) return;
    CSS.highlights.delete("found");
    if (!words) return;
    const ranges = [];
    for (const block of blocks) {
      if (block.element.hidden) continue;
      for (const element of block.copy ? [block.element, block.copy] : [block.element]) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode, lower = node.data.toLowerCase();
          if (lower.length !== node.data.length) continue; // the offsets would be wrong
          for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + words.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // Only one block is a tab stop; the arrow keys move it, so that Tab leaves the text with one key.
  let entry = null;
  function enter(block) {
    if (entry) entry.tabIndex = -1;
    entry = block ? block.element : null;
    if (entry) entry.tabIndex = 0;
  }

  function describe(element, block) {
    const [reason, rule, evidence] = block.cause ?? [];
    const meaning = choices.find((choice) => choice.value === block.reason).parentElement.title;
    const rows = [["Decision", reason ? `removed: ${reason}${meaning && ` (${meaning})`}` : "kept"]];
    if (rule) rows.push(["Rule", rule]);
    const sides = evidence && evidence.match(/^against: (.*?)(?:; for: (.*))?$/s);
    if (sides) {
      rows.push(["Against it", sides[1]]);
      if (sides[2]) rows.push(["For it", sides[2]]);
    } else if (evidence) rows.push(["Evidence", evidence]);
    rows.push(["Probability of text", block.probability ? Number(block.probability) + (block.doubtful ? " (doubtful)" : "") : "not scored"]);
    if (block.path) rows.push(["Elements", block.path]);
    const list = document.createElement("dl");
    for (const [name, value] of rows) {
      const term = document.createElement("dt"), text = document.createElement("dd");
      term.textContent = name;
      text.textContent = value;
      list.append(term, text);
    }
    info.replaceChildren(list);
    info.hidden = false;
    document.querySelector("[aria-describedby=info]")?.removeAttribute("aria-describedby");
    element.setAttribute("aria-describedby", "info");
  }

  function showSite() {
    const on = sides.getAttribute("aria-pressed") === "false";
    if (on && !site.hasChildNodes()) {
      site.lang = page.lang;
      for (const block of blocks) {
        block.copy = document.createElement("p");
        block.copy.textContent = block.text;
        if (block.cause) block.copy.className = block.reason;
        owners.set(block.copy, block);
        site.append(block.copy);
      }
    }
    sides.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("sides", on);
    site.hidden = !on;
    apply();
  }

  function owner(event) {
    let element = event.target;
    while (element instanceof Element && !owners.has(element)) element = element.parentElement;
    return element instanceof Element ? element : null;
  }

  for (const kind of ["pointerover", "focusin"]) {
    find("columns").addEventListener(kind, (event) => {
      const element = owner(event);
      if (element) describe(element, owners.get(element));
    });
  }
  page.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const element = owner(event);
    if (!step || !element || event.altKey || event.ctrlKey || event.metaKey) return;
    let at = blocks.indexOf(owners.get(element)) + step;
    while (blocks[at] && !blocks[at].element.checkVisibility()) at += step;
    if (!blocks[at]) return;
    event.preventDefault();
    enter(blocks[at]);
    entry.focus();
  });
  // A click on a block of the site shows where the article has it, or what follows it there.
  site.addEventListener("click", (event) => {
    const at = blocks.indexOf(owners.get(owner(event)));
    const next = at < 0 ? undefined : blocks.slice(at).find((block) => block.element.checkVisibility());
    if (next) next.element.scrollIntoView({ block: "center" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") info.hidden = true;
  });
  const chooseAll = (checked) => {
    for (const choice of choices) choice.checked = checked;
    apply();
  };
  filters.addEventListener("input", apply);
  sides.addEventListener("click", showSite);
  unfold.addEventListener("click", () => fold(unfold.getAttribute("aria-pressed") === "true"));
  find("all").addEventListener("click", () => chooseAll(true));
  find("none").addEventListener("click", () => chooseAll(false));

  for (const block of blocks) block.element.tabIndex = -1;
  filters.hidden = false;
  apply();
})();
