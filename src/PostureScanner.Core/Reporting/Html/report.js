(() => {
  "use strict";
  const form = document.getElementById("filter");
  const [search, severity, verdict, open, count] = ["search", "severity", "verdict", "open", "count"].map(id => document.getElementById(id));
  const section = form.parentElement;
  const findings = [...section.querySelectorAll(".finding")].map(element => ({
    element,
    group: element.closest(".group"),
    text: (element.textContent + " " + element.closest(".group").querySelector("header").textContent).toLowerCase(),
  }));
  const groups = [...section.querySelectorAll(".verdict-group, .group")];
  if (findings.length === 0) return;

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of findings) {
      const matches = (!severity.value || element.dataset.severity === severity.value)
        && (!verdict.value || element.dataset.verdict === verdict.value)
        && words.every(word => text.includes(word));
      element.hidden = !matches;
      if (matches) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector(".finding:not([hidden])");
    count.textContent = shown === findings.length ? `${shown} findings` : `${shown} of ${findings.length} findings`;
  };

  const openAll = isOpen => {
    for (const { element } of findings) if (!element.hidden) element.open = isOpen;
    open.setAttribute("aria-pressed", String(isOpen));
    open.textContent = isOpen ? "Close all" : "Open all";
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  // The fields are empty only after the event.
  form.addEventListener("reset", () => setTimeout(filter));
  open.addEventListener("click", () => openAll(open.getAttribute("aria-pressed") !== "true"));
  form.hidden = false;
  filter();

  // A browser that does not print closed details by the style sheet does so by this.
  const closed = new Set();
  addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach(d => { closed.add(d); d.open = true; }));
  addEventListener("afterprint", () => { closed.forEach(d => { d.open = false; }); closed.clear(); });
})();
