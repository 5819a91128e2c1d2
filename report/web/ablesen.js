// Karten und Bilder von Rangfolgen nennen unter dem Zeiger und im Fokus Name und Wert. Beides steht im Schlüssel oder in der Tabelle
// derselben Abbildung. Ein Halt der Tabulatortaste je Bild, Pfeile gehen zum Nachbarn, Escape räumt das Schild weg.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const wort = (e) => (e?.textContent ?? "").replace(/[\u00ad\u200b]/g, "").replace(/\s+/g, " ").trim();
  const raum = (e) => e.classList[[...e.classList].indexOf("raum") + 1];
  const gesagt = (zeile) => {
    const lage = [...zeile.querySelectorAll(".wertung[aria-label]")].map((z) => z.getAttribute("aria-label")).join(", ");
    if (zeile.localName === "li") {
      const [, name, wert] = zeile.children;
      return { name: wort(name), wert: wort(wert), lage };
    }
    const zellen = [...zeile.cells], name = zellen.find((z) => z.localName === "th"), nr = name?.querySelector(".nr");
    const wortlos = /^[\d.]*$/.test(wort(name)) && zellen[1] ? zellen[1] : name;
    return { name: wort(wortlos).slice(nr ? wort(nr).length : 0).trim(), wert: zellen.filter((z) => z !== name && z !== wortlos).map(wort).filter((w) => w).join("; "), lage: "" };
  };

  const ausstatten = (figur) => {
    const zeilen = new Map([...figur.querySelectorAll("li.raum, tr.raum")].map((z) => [raum(z), z]));
    if (!zeilen.size) return;
    for (const svg of figur.querySelectorAll("svg.zeichnung")) {
      const orte = [...svg.querySelectorAll("g.raum")].filter((g) => zeilen.has(raum(g))).map((g) => ({ g, id: raum(g), halt: g.parentNode.localName === "a" ? g.parentNode : g, ...gesagt(zeilen.get(raum(g))) }));
      if (orte.length < 2) continue;
      svg.setAttribute("role", "group");
      const oben = svg.appendChild(document.createElementNS(SVG, "g"));
      oben.setAttribute("class", "abgelesen");
      oben.setAttribute("aria-hidden", "true");
      // Karten sind in eigenen Einheiten gezeichnet: wie die Zeichnung sie umrechnet
      const um = (ort) => oben.getCTM().inverse().multiply(ort.g.getCTM());
      const mitte = (ort) => { const b = ort.g.getBBox(), m = um(ort); return [m.a * (b.x + b.width / 2) + m.e, m.d * (b.y + b.height / 2) + m.f]; };
      orte.forEach((ort, k) => {
        ort.halt.setAttribute("tabindex", k ? "-1" : "0");
        if (ort.halt === ort.g) ort.g.setAttribute("role", "img");
        ort.halt.setAttribute("aria-label", [ort.name, [ort.wert.replace(/ ?[▲▼≈]$/, ""), ort.lage].filter((w) => w).join(", ")].filter((w) => w).join(": ") + (ort.halt === ort.g ? "" : ", zum Profil"));
        ort.halt.querySelector(":scope > title")?.remove(); // der Browser zeigte ihn neben dem Schild
      });
      const raeumen = () => {
        oben.replaceChildren();
        for (const z of figur.querySelectorAll(".zeig")) z.classList.remove("zeig");
      };
      const zeigen = (ort) => {
        raeumen();
        zeilen.get(ort.id).classList.add("zeig");
        const [, , breite, hoehe] = svg.getAttribute("viewBox").split(" ").map(Number), u = breite / svg.getBoundingClientRect().width;
        for (const kl of ["hof", "umriss"]) {
          const umriss = oben.appendChild(ort.g.cloneNode(true));
          umriss.setAttribute("class", kl);
          for (const a of ["tabindex", "role", "aria-label"]) umriss.removeAttribute(a);
          for (const e of umriss.querySelectorAll("*")) for (const a of ["fill", "stroke", "stroke-width", "class", "id"]) e.removeAttribute(a);
          const { a, d, e: rechts, f: tief } = um(ort);
          umriss.setAttribute("transform", `matrix(${[a, 0, 0, d, rechts, tief].join(" ")})`);
          umriss.setAttribute("stroke-width", (kl === "hof" ? 5.5 : 2.5) * u / a);
        }
        const [x, y] = mitte(ort), schild = oben.appendChild(document.createElementNS(SVG, "text"));
        schild.textContent = [ort.name, ort.wert].filter((w) => w).join(": ");
        schild.setAttribute("font-size", 13 * u);
        const lang = schild.getComputedTextLength(), links = Math.min(Math.max(x - lang / 2, 6 * u), breite - lang - 6 * u), tief = y > 34 * u ? y - 14 * u : Math.min(y + 28 * u, hoehe - 8 * u);
        schild.setAttribute("x", links);
        schild.setAttribute("y", tief);
        const grund = document.createElementNS(SVG, "rect");
        for (const [n, w] of Object.entries({ x: links - 5 * u, y: tief - 14 * u, width: lang + 10 * u, height: 19 * u })) grund.setAttribute(n, w);
        schild.before(grund);
      };
      const von = (e) => { const g = e.target.closest?.("g.raum"); return orte.find((o) => o.g === g || o.halt === e.target); };
      svg.addEventListener("pointerover", (e) => { const o = von(e); if (o) zeigen(o); else if (!e.target.closest(".abgelesen")) raeumen(); });
      svg.addEventListener("pointerleave", raeumen);
      svg.addEventListener("focusin", (e) => { const o = von(e); if (o) zeigen(o); });
      svg.addEventListener("focusout", raeumen);
      const RICHTUNG = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      svg.addEventListener("keydown", (e) => {
        const hier = von(e), weg = RICHTUNG[e.key];
        if (!hier) return;
        if (e.key === "Escape") return raeumen();
        let ziel = e.key === "Home" ? orte[0] : e.key === "End" ? orte.at(-1) : null;
        if (weg) { // der nächste in dieser Richtung; seitlicher Abstand zählt doppelt
          const [x, y] = mitte(hier);
          let beste = Infinity;
          for (const o of orte) {
            const [u, v] = mitte(o), vor = (u - x) * weg[0] + (v - y) * weg[1], seite = Math.abs((u - x) * weg[1]) + Math.abs((v - y) * weg[0]);
            if (o !== hier && vor > 0 && seite < 2 * vor && vor + 2 * seite < beste) { beste = vor + 2 * seite; ziel = o; }
          }
        }
        if (!weg && !ziel) return;
        e.preventDefault();
        if (!ziel) return;
        hier.halt.setAttribute("tabindex", "-1");
        ziel.halt.setAttribute("tabindex", "0");
        ziel.halt.focus({ preventScroll: true });
      });
    }
  };
  for (const figur of document.querySelectorAll("main figure")) if (!figur.querySelector("figure")) ausstatten(figur);
})();
