"use strict";
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const canvas = document.getElementById("canvas");
  const drawing = canvas.querySelector(".drawing");
  const tooltip = document.getElementById("tooltip");
  const search = document.getElementById("search");
  const hint = document.getElementById("hint");
  const rows = [...document.querySelectorAll("tr[data-edge]")];

  const parts = (selector, key) => {
    const found = new Map();
    for (const part of drawing ? drawing.querySelectorAll(selector) : []) {
      found.set(Number(part.dataset[key]), part);
    }
    return found;
  };
  const nodes = parts(".node", "node");
  const edges = parts(".edge", "edge");
  const labels = parts(".label", "edge");

  // What is shown as lit: { node }, { edge } or null. A pinned one stays until another is pinned or it is let go.
  let pinned = null;
  let pointed = null;

  const same = (a, b) => a === b || (a !== null && b !== null && a.node === b.node && a.edge === b.edge);

  const itemOf = (target) => {
    const part = target.closest?.("[data-node], [data-edge]");
    if (!part) return null;
    return part.dataset.node !== undefined ? { node: Number(part.dataset.node) } : { edge: Number(part.dataset.edge) };
  };

  const edgesOf = (item) => {
    if (item.edge !== undefined) return [item.edge];
    return [...figures.edges.keys()].filter((e) => figures.edges[e].source === item.node || figures.edges[e].target === item.node);
  };

  const matches = () => {
    const text = search.value.trim().toLowerCase();
    return text === "" ? null : [...figures.nodes.keys()].filter((n) => figures.nodes[n].name.toLowerCase().includes(text));
  };

  const litBy = (item) => {
    const litEdges = new Set(edgesOf(item));
    const litNodes = new Set(item.node === undefined ? [] : [item.node]);
    for (const e of litEdges) {
      litNodes.add(figures.edges[e].source).add(figures.edges[e].target);
    }
    return { litNodes, litEdges };
  };

  const show = () => {
    const item = pointed ?? pinned;
    const found = item === null ? matches() : null;
    const { litNodes, litEdges } = item !== null ? litBy(item) : { litNodes: new Set(found ?? []), litEdges: new Set() };
    drawing?.classList.toggle("lit", item !== null || found !== null);
    for (const [n, part] of nodes) part.classList.toggle("on", litNodes.has(n));
    for (const [e, part] of edges) part.classList.toggle("on", litEdges.has(e));
    for (const [e, part] of labels) part.classList.toggle("on", litEdges.has(e));
    for (const row of rows) row.classList.toggle("on", item?.edge === Number(row.dataset.edge));
    letFlow(litEdges);
  };

  // Small strokes run along the lit edges, from caller to service.
  const letFlow = (litEdges) => {
    for (const old of drawing?.querySelectorAll(".flowing") ?? []) old.remove();
    for (const e of litEdges) {
      const line = edges.get(e)?.querySelector(".line");
      if (!line) continue;
      const flowing = document.createElementNS("http://www.w3.org/2000/svg", "path");
      flowing.setAttribute("d", line.getAttribute("d"));
      flowing.setAttribute("class", "flowing");
      line.after(flowing);
    }
  };

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const describe = (item) => {
    const entry = item.node !== undefined ? figures.nodes[item.node] : figures.edges[item.edge];
    const title = item.node !== undefined ? entry.name : `${figures.nodes[entry.source].name} → ${figures.nodes[entry.target].name}`;
    const list = document.createElement("dl");
    for (const [label, value] of entry.figures) list.append(element("dt", label), element("dd", value));
    tooltip.replaceChildren(element("strong", title), list);
    tooltip.hidden = false;
  };

  const placeTooltip = (x, y) => {
    const { width, height } = tooltip.getBoundingClientRect();
    const left = x + 18 + width > innerWidth - 8 ? x - 18 - width : x + 18;
    const top = y + 18 + height > innerHeight - 8 ? y - 12 - height : y + 18;
    tooltip.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
  };

  const point = (item) => {
    if (same(item, pointed)) return;
    pointed = item;
    if (item === null) tooltip.hidden = true;
    else describe(item);
    show();
  };

  const pin = (item) => {
    pinned = item === null || same(item, pinned) ? null : item;
    if (pinned === null && pointed === null) tooltip.hidden = true;
    const kept = pinned === null ? null : new Set(edgesOf(pinned));
    for (const row of rows) row.hidden = kept !== null && !kept.has(Number(row.dataset.edge));
    for (const [n, part] of nodes) part.setAttribute("aria-pressed", String(pinned?.node === n));
    const count = rows[0]?.closest("section").querySelector("h2 small");
    if (count) count.textContent = kept === null ? `${rows.length} rows` : `${kept.size} of ${rows.length} rows`;
    tellPinned();
    show();
  };

  const tellPinned = () => {
    if (pinned === null) {
      hint.textContent = nodes.size === 0 ? "" : matchMedia("(hover: none)").matches
        ? "Tap a service or a line for its figures; the table then shows its calls only."
        : "Point at a service or a line for its figures. Click to keep it; the table then shows its calls only.";
      return;
    }
    const entry = pinned.node !== undefined ? figures.nodes[pinned.node] : null;
    const name = entry?.name ?? `${figures.nodes[figures.edges[pinned.edge].source].name} → ${figures.nodes[figures.edges[pinned.edge].target].name}`;
    const release = element("button", "Show all");
    release.type = "button";
    release.addEventListener("click", () => pin(null));
    hint.replaceChildren(`Showing the calls of ${name}. `, release);
    if (pinned.edge !== undefined) hint.firstChild.textContent = `Showing ${name}. `;
  };

  const listenForPointing = (area) => {
    area.addEventListener("pointermove", (event) => {
      if (canvas.classList.contains("panning")) return;
      point(itemOf(event.target));
      if (pointed !== null) placeTooltip(event.clientX, event.clientY);
    });
    area.addEventListener("pointerleave", () => point(null));
    area.addEventListener("focusin", (event) => {
      if (!event.target.matches(":focus-visible")) return;
      point(itemOf(event.target));
      const box = event.target.getBoundingClientRect();
      if (pointed !== null) placeTooltip(box.right - 18, Math.min(box.top, innerHeight - 40));
    });
    area.addEventListener("focusout", () => point(null));
    area.addEventListener("keydown", (event) => {
      const item = itemOf(event.target);
      if (item === null || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      pin(item);
    });
  };

  const listenForSearch = () => {
    search.addEventListener("input", show);
    search.addEventListener("keydown", (event) => {
      const found = matches();
      if (event.key !== "Enter" || !found?.length) return;
      pinned = null;
      pin({ node: found[0] });
      nodes.get(found[0])?.scrollIntoView({ block: "nearest", inline: "center", behavior: "smooth" });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        search.value = "";
        point(null);
        pin(null);
      } else if (event.key === "/" && document.activeElement !== search) {
        event.preventDefault();
        search.focus();
      }
    });
  };

  const listenForZoom = () => {
    const width = Number(drawing.dataset.width);
    const height = Number(drawing.dataset.height);
    const compact = drawing.classList.contains("compact");
    let scale = 1;
    let chosen = false;

    const apply = (next, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
      const before = scale;
      scale = Math.min(3, Math.max(0.2, next));
      const [left, top] = [canvas.scrollLeft + x, canvas.scrollTop + y];
      Object.assign(drawing.style, { width: `${width * scale}px`, minWidth: "0", maxWidth: "none" });
      canvas.scrollTo(left * (scale / before) - x, top * (scale / before) - y);
      drawing.classList.toggle("far", compact && scale < 0.62);
      canvas.classList.toggle("pannable", canvas.scrollWidth > canvas.clientWidth + 1 || canvas.scrollHeight > canvas.clientHeight + 1);
    };

    const inner = () => {
      const style = getComputedStyle(canvas);
      return [
        canvas.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
        parseFloat(style.maxHeight) - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom),
      ];
    };
    const whole = () => Math.min(1.25, inner()[0] / width, inner()[1] / height);
    // A first look should be readable, even where it does not show everything.
    const first = () => Math.max(compact ? 0.5 : innerWidth < 900 ? 0.8 : 0.66, whole());

    const zoom = { in: () => apply(scale * 1.25), out: () => apply(scale / 1.25), fit: () => apply(whole()) };
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        chosen = true;
        zoom[button.dataset.zoom]();
      });
    }
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      chosen = true;
      const box = canvas.getBoundingClientRect();
      apply(scale * Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    addEventListener("resize", () => {
      if (!chosen) apply(first());
    });
    apply(first());
  };

  // A mouse drags the canvas; a finger scrolls it anyway.
  const listenForDragging = () => {
    let from = null;
    let moved = false;
    canvas.addEventListener("pointerdown", (event) => {
      moved = false;
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from = { x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop, startX: event.clientX, startY: event.clientY };
    });
    addEventListener("pointermove", (event) => {
      if (from === null) return;
      moved ||= Math.hypot(event.clientX - from.startX, event.clientY - from.startY) > 5;
      if (!moved || !canvas.classList.contains("pannable")) return;
      point(null);
      canvas.classList.add("panning");
      canvas.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    addEventListener("pointerup", () => {
      from = null;
      canvas.classList.remove("panning");
    });
    canvas.addEventListener("click", (event) => {
      if (moved) return;
      pin(itemOf(event.target));
      // A finger does not hover: its tap shows the figures.
      if (pinned === null) return;
      describe(pinned);
      placeTooltip(event.clientX, event.clientY);
    });
    addEventListener("touchmove", () => { tooltip.hidden = true; }, { passive: true });
  };

  const listenForSorting = (table) => {
    const body = table.tBodies[0];
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const button = element("button", heading.textContent);
      button.type = "button";
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const numeric = heading.classList.contains("figure");
        const before = heading.getAttribute("aria-sort");
        const order = before === null ? (numeric ? "descending" : "ascending") : before === "descending" ? "ascending" : "descending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", order);
        const value = (row) => row.cells[column].dataset.value ?? (numeric ? "-1" : row.cells[column].textContent);
        const ascending = (a, b) => numeric ? Number(value(a)) - Number(value(b)) : value(a).localeCompare(value(b));
        body.append(...[...body.rows].sort((a, b) => order === "ascending" ? ascending(a, b) : ascending(b, a)));
      });
    });
  };

  const start = () => {
    for (const table of document.querySelectorAll("table")) listenForSorting(table);
    for (const row of rows) row.tabIndex = 0;
    if (drawing) {
      // The tooltip takes the place of the browser's own; a screen reader still hears the sentence.
      for (const title of drawing.querySelectorAll("title")) {
        title.parentNode.setAttribute("aria-label", title.textContent);
        title.remove();
      }
      document.querySelector(".tools").hidden = false;
      listenForPointing(drawing);
      listenForZoom();
      listenForDragging();
      listenForSearch();
      for (const row of rows) {
        listenForPointing(row);
        row.addEventListener("click", () => pin(itemOf(row)));
      }
    }
    tellPinned();
    document.documentElement.dataset.ready = "true";
  };

  start();
})();
